import type { RepositoryName } from "../../../platform/github/index.ts";

/** Where a repository lives on GitHub, and with which token it may be asked. */
export interface GithubPlace {
  api: string;
  repository: RepositoryName;
  token: string;
}

const NAME = /^[\w.-]+\/[\w.-]+$/;
const GITHUB_COM = "https://api.github.com";

const HINT = "GITHUB_TOKEN=$(gh auth token) growth-engine health";

/** `owner/name` of a remote's address on github.com; null for any other. */
export function nameOnGithub(remote: string): RepositoryName | null {
  const [, name] =
    /^(?:https?:\/\/(?:[^@/]*@)?github\.com\/|ssh:\/\/git@github\.com\/|git@github\.com:)([\w.-]+\/[\w.-]+?)(?:\.git)?\/?$/i.exec(
      remote.trim(),
    ) ?? [];
  return (name as RepositoryName | undefined) ?? null;
}

/**
 * Whom to ask about this repository: what the user's environment says (as in GitHub Actions), else what the remote says.
 * A token goes to github.com, or to the address that the environment names, and never to one that a repository names.
 * @returns why not, in a sentence, where nobody can be asked
 */
export function findGithub(
  env: NodeJS.ProcessEnv,
  remote: string | null,
): GithubPlace | { why: string; hint: string | null } {
  const api = (env.GITHUB_API_URL || GITHUB_COM).replace(/\/+$/, "");
  const named = env.GITHUB_REPOSITORY;
  const repository =
    named && NAME.test(named) ? (named as RepositoryName) : remote === null ? null : nameOnGithub(remote);
  if (repository === null)
    return {
      why: remote === null ? "this checkout has no remote" : "its remote is not on github.com",
      hint: "where it is on a GitHub server of your own: GITHUB_API_URL=… GITHUB_REPOSITORY=owner/name",
    };
  const token = env.GITHUB_TOKEN || env.GH_TOKEN;
  return token ? { api, repository, token } : { why: "no GITHUB_TOKEN is given", hint: HINT };
}
