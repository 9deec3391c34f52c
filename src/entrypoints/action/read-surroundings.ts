import { Refusal } from "../../platform/errors/index.ts";
import type { RepositoryName } from "../../platform/github/index.ts";

/** Where this run takes place, from the runner's variables (docs.github.com "Variables reference"). */
export interface Surroundings {
  repository: RepositoryName;
  /** `https://github.com`, without a slash at its end. */
  server: string;
  /** `https://api.github.com`, without a slash at its end. */
  api: string;
}

/** A token goes there: over TLS, or not over the network at all. */
function isPrivate({ protocol, hostname }: URL): boolean {
  return (
    protocol === "https:" || (protocol === "http:" && ["127.0.0.1", "[::1]", "localhost"].includes(hostname))
  );
}

function address(env: NodeJS.ProcessEnv, name: string, usual: string): string {
  const given = env[name] || usual;
  const url = URL.canParse(given) ? new URL(given) : null;
  if (url !== null && isPrivate(url) && url.username === "" && url.password === "")
    return given.replace(/\/+$/, "");
  throw new Refusal("INPUT_INVALID", `${name} is no https address: ${given}`, {
    hint: "it is set by the runner: leave it alone",
  });
}

/** @throws Refusal INPUT_INVALID outside of GitHub Actions */
export function readSurroundings(env: NodeJS.ProcessEnv): Surroundings {
  const repository = env.GITHUB_REPOSITORY ?? "";
  if (!/^[\w.-]+\/[\w.-]+$/.test(repository)) {
    throw new Refusal("INPUT_INVALID", "GITHUB_REPOSITORY names no repository", {
      hint: "this is the GitHub Action; elsewhere run: growth-engine guard all",
    });
  }
  return {
    repository: repository as RepositoryName,
    server: address(env, "GITHUB_SERVER_URL", "https://github.com"),
    api: address(env, "GITHUB_API_URL", "https://api.github.com"),
  };
}
