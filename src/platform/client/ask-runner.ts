import { Fault, messageOf } from "../errors/index.ts";

const ANSWER_MS = 10_000;

/**
 * The OpenID token of this run of GitHub Actions, made for one server; null where the runner gives none
 * (docs.github.com "OpenID Connect reference": `permissions: id-token: write`).
 * @throws Fault SERVER_UNAVAILABLE when the runner should give one and does not
 */
export async function askRunner(env: NodeJS.ProcessEnv, audience: string): Promise<string | null> {
  const { ACTIONS_ID_TOKEN_REQUEST_URL: url, ACTIONS_ID_TOKEN_REQUEST_TOKEN: bearer } = env;
  if (!url || !bearer) return null;
  const asked = new URL(url);
  asked.searchParams.set("audience", audience);
  try {
    const response = await fetch(asked, {
      headers: { authorization: `Bearer ${bearer}`, accept: "application/json; api-version=2.0" },
      redirect: "error",
      signal: AbortSignal.timeout(ANSWER_MS),
    });
    const { value } = (await response.json()) as { value?: unknown };
    if (response.ok && typeof value === "string") return value;
    throw new Error(`it answered ${response.status} and no token`);
  } catch (cause) {
    throw new Fault("SERVER_UNAVAILABLE", `the runner gives no OpenID token: ${messageOf(cause)}`, {
      cause,
      hint: "permissions: id-token: write; or set GROWTH_ENGINE_TOKEN and take that permission away",
    });
  }
}
