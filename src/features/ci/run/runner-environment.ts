import { join } from "node:path";

/** One run on the simulated forge. */
export interface RunFacts {
  event: string;
  eventFile: string;
  api: string;
  repository: string;
  sha: string;
  ref: string;
  baseRef: string;
  headRef: string;
  actor: string;
  attempt: number;
  job: string;
}

/** The few variables of this process that a program needs to start; nothing that a person set reaches the tool. */
const KEPT = ["PATH", "Path", "SystemRoot", "SYSTEMROOT", "TEMP", "TMP", "TMPDIR", "WINDIR", "PATHEXT"];

function kept(own: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  return Object.fromEntries(KEPT.filter((name) => own[name] !== undefined).map((name) => [name, own[name]]));
}

/** `guard-name` → `INPUT_GUARD-NAME`, as the runner passes `with:`. */
function inputs(given: Readonly<Record<string, string>>): NodeJS.ProcessEnv {
  const entries = Object.entries(given).map(([name, value]) => [
    `INPUT_${name.replaceAll(" ", "_").toUpperCase()}`,
    value,
  ]);
  return Object.fromEntries(entries);
}

/**
 * The environment that GitHub's runner gives an action (docs.github.com "Variables reference").
 * @param folder a folder of this run alone, which holds `workspace`, `home` and the runner's files
 */
export function runnerEnvironment(
  facts: RunFacts,
  given: Readonly<Record<string, string>>,
  folder: string,
  own: NodeJS.ProcessEnv,
): NodeJS.ProcessEnv {
  const file = (name: string) => join(folder, name);
  return {
    ...kept(own),
    ...inputs(given),
    CI: "true",
    GITHUB_ACTIONS: "true",
    GITHUB_ACTOR: facts.actor,
    GITHUB_API_URL: facts.api,
    GITHUB_BASE_REF: facts.baseRef,
    GITHUB_ENV: file("env"),
    GITHUB_EVENT_NAME: facts.event,
    GITHUB_EVENT_PATH: facts.eventFile,
    GITHUB_HEAD_REF: facts.headRef,
    GITHUB_JOB: facts.job,
    GITHUB_OUTPUT: file("output"),
    GITHUB_PATH: file("path"),
    GITHUB_REF: facts.ref,
    GITHUB_REPOSITORY: facts.repository,
    GITHUB_REPOSITORY_OWNER: facts.repository.split("/")[0] ?? "",
    GITHUB_RUN_ATTEMPT: String(facts.attempt),
    GITHUB_RUN_ID: "1",
    GITHUB_SERVER_URL: "https://github.com",
    GITHUB_SHA: facts.sha,
    GITHUB_STATE: file("state"),
    GITHUB_STEP_SUMMARY: file("summary.md"),
    GITHUB_WORKFLOW: "simulation",
    GITHUB_WORKSPACE: file("workspace"),
    HOME: file("home"),
    NO_COLOR: "1",
    RUNNER_ARCH: process.arch === "arm64" ? "ARM64" : "X64",
    RUNNER_OS: process.platform === "win32" ? "Windows" : process.platform === "darwin" ? "macOS" : "Linux",
    RUNNER_TEMP: file("temp"),
  };
}
