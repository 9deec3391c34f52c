import { devNull } from "node:os";
import { Fault, messageOf } from "../errors/index.ts";
import { isShallow } from "./read-range.ts";
import type { Repository } from "./repository.ts";

/** Where objects come from, and who asks. */
export interface FetchSource {
  /** `https://github.com`; the token is sent below it and nowhere else. */
  server: string;
  /** Asked where the clone has no `origin`. */
  url: string;
  token: string | null;
}

/** What is asked for, and the local name it gets: refs that no branch of the repository can be. */
export interface Wanted {
  /** A full commit id, or the full name of a ref. */
  what: string;
  as: string;
}

const TIMEOUT_MS = 300_000;
/** Nothing that the clone's own configuration names is started, asked for a password, or updated on the way. */
const QUIET = [
  "-c",
  `core.hooksPath=${devNull}`,
  "-c",
  "credential.helper=",
  "-c",
  "core.askPass=",
  "-c",
  "protocol.version=2",
];
const FETCH = [
  "fetch",
  "--quiet",
  "--force",
  "--no-tags",
  "--no-recurse-submodules",
  "--no-write-fetch-head",
  "--no-auto-maintenance",
  "--end-of-options",
];

/**
 * The token as configuration in the environment (git-config(1), GIT_CONFIG_COUNT): other users of the machine see
 * command lines, and later steps of the job see `.git/config`. An empty value first drops headers that were set before.
 */
function credentials({ server, token }: FetchSource): NodeJS.ProcessEnv {
  if (token === null) return {};
  const key = `http.${server}/.extraheader`;
  const basic = Buffer.from(`x-access-token:${token}`).toString("base64");
  const first = Number(process.env.GIT_CONFIG_COUNT ?? 0) || 0;
  return {
    GIT_CONFIG_COUNT: String(first + 2),
    [`GIT_CONFIG_KEY_${first}`]: key,
    [`GIT_CONFIG_VALUE_${first}`]: "",
    [`GIT_CONFIG_KEY_${first + 1}`]: key,
    [`GIT_CONFIG_VALUE_${first + 1}`]: `AUTHORIZATION: basic ${basic}`,
  };
}

async function remoteOf(repository: Repository, source: FetchSource): Promise<string> {
  const { status } = await repository.git(["config", "--get", "remote.origin.url"], { accept: [0, 1] });
  return status === 0 ? "origin" : source.url;
}

/**
 * Fetches commits as objects: no branch moves, nothing is checked out, no hook runs.
 * @throws Fault HISTORY_MISSING that says why they could not be had
 */
export async function fetchObjects(
  repository: Repository,
  source: FetchSource,
  wanted: readonly Wanted[],
): Promise<void> {
  const remote = await remoteOf(repository, source);
  const deepen = (await isShallow(repository)) ? ["--unshallow"] : [];
  const [verb = "fetch", ...options] = FETCH;
  const words = [
    ...QUIET,
    verb,
    ...deepen,
    ...options,
    remote,
    ...wanted.map(({ what, as }) => `+${what}:${as}`),
  ];
  const env = { ...credentials(source), GIT_ALLOW_PROTOCOL: "https:http:file" };
  try {
    await repository.git(words, { env, timeout: TIMEOUT_MS });
  } catch (cause) {
    const names = wanted.map(({ what }) => what).join(", ");
    throw new Fault("HISTORY_MISSING", `${names} could not be fetched: ${messageOf(cause)}`, {
      cause,
      hint: "run the job again; the token needs contents: read",
    });
  }
}
