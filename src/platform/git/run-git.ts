import { isUtf8 } from "node:buffer";
import { spawn } from "node:child_process";
import { devNull } from "node:os";
import { resolve } from "node:path";
import { Fault, systemCode } from "../errors/index.ts";
import { decodePath } from "./decode-path.ts";

export interface GitResult {
  status: number;
  stdout: Buffer;
  stderr: string;
}

export interface RunOptions {
  cwd: string;
  input?: Buffer | string;
  /** Exit statuses that are answers, not failures; 0 alone by default. */
  accept?: readonly number[];
  /** Added to the environment of a git process, and wins over what stands there. */
  env?: NodeJS.ProcessEnv;
  /** In milliseconds; git is ended then, and has failed. */
  timeout?: number;
}

/**
 * Settings under which a repository's own configuration cannot start programs, reach a server,
 * replace objects or wait for a person.
 */
const FLAGS = [
  "--no-optional-locks",
  "--literal-pathspecs",
  "-c",
  "core.fsmonitor=false",
  "-c",
  "core.quotePath=false",
  "-c",
  "log.showSignature=false",
];

/** How to get what a clone that was made with `--filter` left out. */
export const REFETCH = "git fetch --refetch --no-filter origin";

/** Inside a hook these may be relative to where the hook runs, and git runs elsewhere. */
function absolutePlaces(): NodeJS.ProcessEnv {
  const places: NodeJS.ProcessEnv = {};
  for (const name of ["GIT_DIR", "GIT_WORK_TREE"]) {
    const place = process.env[name];
    if (place) places[name] = resolve(place);
  }
  return places;
}

/**
 * Environment for every git process: no network (also no lazy fetch of partial clones), no replaced or grafted
 * history, no prompts, plain English.
 */
export function gitEnvironment(): NodeJS.ProcessEnv {
  return {
    ...process.env,
    ...absolutePlaces(),
    GIT_GRAFT_FILE: devNull,
    GIT_ALLOW_PROTOCOL: "none",
    GIT_NO_LAZY_FETCH: "1",
    GIT_NO_REPLACE_OBJECTS: "1",
    GIT_TERMINAL_PROMPT: "0",
    GIT_PAGER: "cat",
    LC_ALL: "C",
  };
}

/** What git said that matters: the first line that is no warning. */
function sentenceOf(stderr: string): string {
  const lines = stderr.trim().split("\n");
  return lines.find((line) => /^(fatal|error):/.test(line)) ?? lines[0] ?? "";
}

function failureOf(args: readonly string[], result: GitResult): Fault {
  const said = sentenceOf(result.stderr);
  const verb = args.find((word) => !word.startsWith("-")) ?? "git";
  if (/not a git repository/i.test(said)) {
    return new Fault("NOT_A_REPOSITORY", "this folder is not part of a git repository", { hint: "git init" });
  }
  const [, owned] = /dubious ownership in repository at '(.*)'/i.exec(said) ?? [];
  if (owned !== undefined) {
    return new Fault("GIT_FAILED", `git refuses this repository, which belongs to another user: ${owned}`, {
      hint: `git config --global --add safe.directory ${owned}`,
    });
  }
  if (
    /bad (?:tree )?object|not a tree object|unable to (?:read|parse object)|missing blob|promisor|transport .* not allowed/i.test(
      result.stderr,
    )
  ) {
    return new Fault("HISTORY_MISSING", `this clone lacks objects that git ${verb} needs: ${said}`, {
      hint: REFETCH,
    });
  }
  return new Fault("GIT_FAILED", `git ${verb} failed (exit ${result.status}): ${said}`, {
    hint: "git fsck",
  });
}

/**
 * Runs git with an argument list, never through a shell.
 * @throws Fault when git cannot be started or answers with a status that is not accepted.
 */
export function runGit(args: readonly string[], options: RunOptions): Promise<GitResult> {
  return new Promise((resolve, reject) => {
    const child = spawn("git", [...FLAGS, ...args], {
      cwd: options.cwd,
      env: { ...gitEnvironment(), ...options.env },
      ...(options.timeout === undefined ? {} : { timeout: options.timeout, killSignal: "SIGKILL" }),
      stdio: [options.input === undefined ? "ignore" : "pipe", "pipe", "pipe"],
    });
    const out: Buffer[] = [];
    const err: Buffer[] = [];
    child.stdout?.on("data", (chunk: Buffer) => out.push(chunk));
    child.stderr?.on("data", (chunk: Buffer) => err.push(chunk));
    child.on("error", (cause) => {
      const missing = systemCode(cause) === "ENOENT";
      const message = missing
        ? "git could not be started: is it installed, and does the folder exist?"
        : cause.message;
      reject(new Fault("GIT_FAILED", message, { cause, hint: "install git, and put it on the PATH" }));
    });
    child.on("close", (code, signal) => {
      const ended = signal === null ? "" : `fatal: it was ended by ${signal}, as if it had taken too long\n`;
      const result = {
        status: code ?? -1,
        stdout: Buffer.concat(out),
        stderr: ended + Buffer.concat(err).toString(),
      };
      if ((options.accept ?? [0]).includes(result.status)) resolve(result);
      else reject(failureOf(args, result));
    });
    if (options.input !== undefined) {
      // git may answer and leave before it has read everything; its exit status says whether that was well.
      child.stdin?.on("error", () => undefined);
      child.stdin?.end(options.input);
    }
  });
}

/** Splits the output of a `-z` command; see `decodePath` for names that are not UTF-8. */
export function splitZero(output: Buffer): string[] {
  if (output.length === 0) return [];
  const text = isUtf8(output) ? output.toString("utf8") : output.toString("latin1");
  const words = text.replace(/\0$/, "").split("\0");
  return isUtf8(output) ? words : words.map((word) => decodePath(Buffer.from(word, "latin1")));
}
