import { spawn } from "node:child_process";
import { closeSync, openSync, readFileSync } from "node:fs";
import { Fault, messageOf } from "../../errors/index.ts";
import type { DatabaseUser } from "./database-user.ts";

/** As much of a log's end as a person reads. */
const TAIL_LINES = 6;

function tail(log: string): string {
  return readFileSync(log, "utf8").trimEnd().split("\n").slice(-TAIL_LINES).join("\n");
}

/**
 * Runs a program of the embedded server to its end, and returns its exit code.
 * @param log takes what it prints. A file and not a pipe: a server that it starts inherits it and never closes it
 */
export async function exitOf(
  program: string,
  words: readonly string[],
  { user, log }: { user: DatabaseUser | null; log: string },
): Promise<number | null> {
  const output = openSync(log, "a");
  try {
    return await new Promise((resolve, reject) => {
      const child = spawn(program, words, {
        stdio: ["ignore", output, output],
        windowsHide: true,
        // It reads its own settings only: PG* variables of the caller lead elsewhere.
        env: { PATH: process.env.PATH, TZ: "UTC", LC_ALL: "C", SystemRoot: process.env.SystemRoot },
        ...(user ? { uid: user.uid, gid: user.gid } : {}),
        cwd: "/",
      });
      child.once("error", reject);
      child.once("exit", resolve);
    });
  } catch (cause) {
    throw new Fault("DATABASE_UNAVAILABLE", `${program} could not be started: ${messageOf(cause)}`, {
      cause,
    });
  } finally {
    closeSync(output);
  }
}

/** As {@link exitOf}, for a program that must succeed. */
export async function runProgram(
  program: string,
  words: readonly string[],
  options: { user: DatabaseUser | null; log: string; what: string },
): Promise<void> {
  const code = await exitOf(program, words, options);
  if (code === 0) return;
  throw new Fault("DATABASE_UNAVAILABLE", `${options.what} failed (exit ${code}):\n${tail(options.log)}`, {
    hint: `read ${options.log}`,
  });
}
