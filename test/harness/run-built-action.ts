import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { cliFile } from "./cli-file.ts";
import { smallForge } from "./small-forge.ts";
import { type Answer, runCli, type TemporaryRepository, temporaryFolder } from "./temporary-repository.ts";

const ACTION = join(dirname(cliFile()), "portable", "action.cjs");
export const TOKEN = "ghs_0123456789abcdefghijklmnopqrstuvwxyzAB";

export interface ActionRun {
  event: string;
  payload: unknown;
  /** Where the API is; by default a forge that knows nothing. */
  api?: string;
  inputs?: Record<string, string>;
  env?: Record<string, string>;
  /** What `actions/checkout` left: `origin` cloned, at the base. */
  workspace: TemporaryRepository;
}

export interface ActionAnswer extends Answer {
  summary: string;
  output: string;
}

/** Runs the built action as GitHub's runner does: by environment and files alone. */
export async function runBuiltAction(run: ActionRun): Promise<ActionAnswer> {
  const folder = temporaryFolder();
  const file = (name: string) => join(folder, name);
  mkdirSync(file("home"));
  writeFileSync(file("event.json"), JSON.stringify(run.payload));
  const inputs = Object.entries({ guard: "all", token: TOKEN, ...run.inputs });
  const env = {
    CI: "true",
    GITHUB_ACTIONS: "true",
    GITHUB_API_URL: run.api ?? (await smallForge({})).url,
    GITHUB_EVENT_NAME: run.event,
    GITHUB_EVENT_PATH: file("event.json"),
    GITHUB_OUTPUT: file("output"),
    GITHUB_REPOSITORY: "shop/shop",
    GITHUB_SERVER_URL: "https://github.com",
    GITHUB_STEP_SUMMARY: file("summary.md"),
    GITHUB_WORKSPACE: run.workspace.folder,
    HOME: file("home"),
    ...Object.fromEntries(inputs.map(([name, value]) => [`INPUT_${name.toUpperCase()}`, value])),
    ...run.env,
  };
  const answer = await runCli([], { file: ACTION, cwd: run.workspace.folder, env });
  const written = (name: string) => (existsSync(file(name)) ? readFileSync(file(name), "utf8") : "");
  return { ...answer, summary: written("summary.md"), output: written("output") };
}
