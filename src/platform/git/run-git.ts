import { spawn } from "node:child_process";
import { Fault, systemCode } from "../errors/index.ts";

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

/** Environment for every git process: no network (also no lazy fetch of partial clones), no prompts, plain English. */
export function gitEnvironment(): NodeJS.ProcessEnv {
  return {
    ...process.env,
    GIT_ALLOW_PROTOCOL: "none",
    GIT_NO_LAZY_FETCH: "1",
    GIT_NO_REPLACE_OBJECTS: "1",
    GIT_TERMINAL_PROMPT: "0",
    GIT_PAGER: "cat",
    LC_ALL: "C",
  };
}

function failureOf(args: readonly string[], result: GitResult): Fault {
  const said = result.stderr.trim().split("\n")[0] ?? "";
  const verb = args.find((word) => !word.startsWith("-")) ?? "git";
  if (/not a git repository/i.test(said)) {
    return new Fault("NOT_A_REPOSITORY", "this folder is not part of a git repository", { hint: "git init" });
  }
  if (/dubious ownership/i.test(said)) {
    return new Fault("GIT_FAILED", `git refuses this repository: ${said}`, {
      hint: "git config --global --add safe.directory <folder>",
    });
  }
  if (
    /bad object|unable to read|missing blob|promisor|Could not read from remote|transport .* not allowed/i.test(
      result.stderr,
    )
  ) {
    return new Fault("HISTORY_MISSING", `this clone lacks objects that git ${verb} needs: ${said}`, {
      hint: "git fetch --unshallow --refetch --no-filter origin",
    });
  }
  return new Fault("GIT_FAILED", `git ${verb} failed (exit ${result.status}): ${said}`);
}

/**
 * Runs git with an argument list, never through a shell.
 * @throws Fault when git cannot be started or answers with a status that is not accepted.
 */
export function runGit(args: readonly string[], options: RunOptions): Promise<GitResult> {
  return new Promise((resolve, reject) => {
    const child = spawn("git", [...FLAGS, ...args], {
      cwd: options.cwd,
      env: gitEnvironment(),
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
      reject(new Fault("GIT_FAILED", message, { cause }));
    });
    child.on("close", (code) => {
      const result = {
        status: code ?? -1,
        stdout: Buffer.concat(out),
        stderr: Buffer.concat(err).toString(),
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

/** Splits the output of a `-z` command. */
export function splitZero(output: Buffer): string[] {
  const text = output.toString("utf8");
  return text === "" ? [] : text.replace(/\0$/, "").split("\0");
}
