import { relative, resolve, sep } from "node:path";
import { localDate, utcTimestamp } from "../../platform/clock/index.ts";
import { Fault, Refusal } from "../../platform/errors/index.ts";
import { openRepository } from "../../platform/git/index.ts";
import { type CommandContext, printable } from "../../platform/terminal/index.ts";
import { EXIT, type ExitCode } from "../../vocabulary/exit-code.ts";
import { appendLine, isPathPart, RECORD_FOLDER } from "../record/index.ts";
import { STATUSES, type Status } from "./beat.ts";

/** What an agent says of a task. */
export interface BeatInput {
  task: string;
  /** `doing`, `blocked` or `done`. */
  status: string;
  /** `"40%"` or any text. */
  progress?: string | undefined;
  /** The file that is worked on, as the caller's folder sees it. */
  file?: string | undefined;
  agent?: string | undefined;
  session?: string | undefined;
}

export interface BeatOptions extends BeatInput {
  json?: boolean;
}

/** The line that was appended, and to which file of the repository. */
export interface WrittenBeat {
  path: string;
  beat: {
    timestamp: string;
    task: string;
    status: Status;
    progress: string | undefined;
    file: string | undefined;
    agent: string;
    session: string | undefined;
  };
}

function requireText(option: string, text: string): string {
  if (text.trim() !== "") return text;
  throw new Refusal("USAGE", `${option} is empty`, { hint: `${option} <text>` });
}

function requirePathPart(option: string, text: string): string {
  if (isPathPart(text)) return text;
  const allowed = "letters, digits and . _ - @, at most 100, not beginning or ending with a dot";
  throw new Refusal("USAGE", `${option} "${text}" cannot name a folder or file`, { hint: `use ${allowed}` });
}

function chooseAgent(agent: string | undefined): string {
  if (agent !== undefined) return requirePathPart("--agent", agent);
  throw new Refusal("USAGE", "which agent beats is not said", {
    hint: "add --agent <agent>, or set GROWTH_ENGINE_AGENT",
  });
}

async function chooseStatus(word: string): Promise<Status> {
  const status = STATUSES.find((known) => known === word);
  if (status) return status;
  const { suggestStatus } = await import("./suggest-status.ts");
  const meant = suggestStatus(word);
  throw new Refusal("USAGE", `unknown status "${word}"`, {
    hint: meant ? `did you mean --status ${meant}?` : `use one of ${STATUSES.join(", ")}`,
  });
}

/** The file's path from the top of the repository: another machine knows no other. */
function placeFile(root: string, cwd: string, file: string): string {
  const path = relative(root, resolve(cwd, file));
  if (path !== "" && path !== ".." && !path.startsWith(`..${sep}`) && resolve(root, path) !== path)
    return path.split(sep).join("/");
  throw new Refusal("USAGE", `--file "${file}" lies outside the repository`, {
    hint: "name a file of this repository, or leave --file out",
  });
}

async function findRoot(cwd: string): Promise<string> {
  const { worktree } = await openRepository(cwd);
  if (worktree !== null) return worktree;
  throw new Fault("NOT_A_REPOSITORY", "this repository is bare: it has no working tree to write to", {
    hint: "run it in a checkout",
  });
}

/**
 * Appends one beat to the agent's heartbeat file of the local day, in the repository around `cwd`.
 * @param now milliseconds since 1970
 * @throws Refusal USAGE; Fault NOT_A_REPOSITORY, FILE_FAILED
 */
export async function appendBeat(cwd: string, options: BeatInput, now: number): Promise<WrittenBeat> {
  const agent = chooseAgent(options.agent);
  const task = requireText("--task", options.task);
  const status = await chooseStatus(options.status);
  const session = options.session === undefined ? undefined : requirePathPart("--session", options.session);
  const progress = options.progress === undefined ? undefined : requireText("--progress", options.progress);
  const root = await findRoot(cwd);
  const file = options.file === undefined ? undefined : placeFile(root, cwd, options.file);
  const name = session === undefined ? "heartbeat.ndjson" : `heartbeat.${session}.ndjson`;
  const path = `${RECORD_FOLDER}/${agent}/${localDate(now)}/${name}`;
  const beat = { timestamp: utcTimestamp(now), task, status, progress, file, agent, session };
  appendLine(root, path, beat);
  return { path, beat };
}

/** `growth-engine heartbeat beat`. */
export async function recordBeat(options: BeatOptions, context: CommandContext): Promise<ExitCode> {
  const asked = { ...options, agent: options.agent ?? context.env.GROWTH_ENGINE_AGENT };
  const { path, beat } = await appendBeat(context.cwd, asked, context.clock.now());
  const { task, status, progress } = beat;
  if (options.json) context.out(`${JSON.stringify({ path, beat }, null, 2)}\n`);
  else context.out(printable(`${task} ${[status, progress].filter(Boolean).join(" ")} → ${path}\n`));
  return EXIT.ok;
}
