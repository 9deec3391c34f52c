import { type Finding, fail, ok, unknown } from "../../vocabulary/health.ts";
import { messageOf } from "../errors/index.ts";
import { findServer } from "./choose-server.ts";

/** Long enough for a busy server, short enough to wait for. */
const ANSWER_MS = 3_000;
const MAX_TEXT = 2_000;

function failuresOf(text: string): string {
  try {
    const { failed } = JSON.parse(text) as { failed?: Record<string, string> };
    return Object.entries(failed ?? {})
      .map(([name, why]) => `${name}: ${why}`)
      .join("; ");
  } catch {
    return "";
  }
}

/**
 * Whether the control plane that the user's environment names takes calls; null when it names none. Asks for nothing
 * that needs a token.
 */
export async function lookAtServer(env: NodeJS.ProcessEnv, named?: string): Promise<Finding | null> {
  const url = findServer(env, named);
  if (url === null) return null;
  const facts = { url };
  const asked = performance.now();
  try {
    const response = await fetch(`${url}/readyz`, {
      redirect: "error",
      signal: AbortSignal.timeout(ANSWER_MS),
    });
    const text = (await response.text()).slice(0, MAX_TEXT);
    const took = Math.round(performance.now() - asked);
    if (response.status === 200) return ok(`${url} answers in ${took} ms`, { ...facts, latency_ms: took });
    if (response.status === 503)
      return fail(`${url} is not ready: ${failuresOf(text) || "it says no more"}`, "its log says why", facts);
    return unknown(
      `${url} answers ${response.status}: is it a control plane?`,
      "name it: GROWTH_ENGINE_URL=…",
      facts,
    );
  } catch (error) {
    const why = messageOf((error as { cause?: unknown }).cause ?? error);
    return fail(
      `${url} does not answer: ${why}`,
      "growth-engine serve; or name another: GROWTH_ENGINE_URL=…",
      facts,
    );
  }
}
