import { writeSync } from "node:fs";
import { systemClock } from "../../platform/clock/index.ts";
import { Refusal, systemCode } from "../../platform/errors/index.ts";
import type { CommandContext } from "../../platform/terminal/index.ts";

declare const GROWTH_ENGINE_VERSION: string;

const FULL_PIPE_WAIT_MS = 5;

/** Writes all of it before the process may exit, also into a slow pipe; a closed pipe ends the output quietly. */
function writeAll(descriptor: number, text: string): void {
  let rest = Buffer.from(text);
  while (rest.length > 0) {
    try {
      rest = rest.subarray(writeSync(descriptor, rest));
    } catch (error) {
      if (systemCode(error) === "EPIPE") return;
      if (systemCode(error) !== "EAGAIN") throw error;
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, FULL_PIPE_WAIT_MS);
    }
  }
}

/** Where the user is; also the name of a folder that was deleted meanwhile, so that a command can say so. */
function currentFolder(): string {
  try {
    return process.cwd();
  } catch {
    return process.env.PWD ?? "the current folder";
  }
}

async function readInput(maxBytes: number): Promise<Buffer> {
  const parts: Buffer[] = [];
  let size = 0;
  for await (const part of process.stdin) {
    size += (part as Buffer).length;
    if (size > maxBytes) {
      throw new Refusal("INPUT_TOO_LARGE", `standard input holds over ${maxBytes} bytes`, {
        hint: "give a shorter text",
      });
    }
    parts.push(part as Buffer);
  }
  return Buffer.concat(parts);
}

/**
 * Colour only on a terminal; NO_COLOR (no-color.org) and CI are obeyed. What is asked of a stream is asked when somebody
 * wants to know: each takes 3 ms to be set up.
 */
export function processContext(): CommandContext {
  const { env } = process;
  return {
    cwd: currentFolder(),
    env,
    clock: systemClock,
    version: GROWTH_ENGINE_VERSION,
    out: (text) => writeAll(1, text),
    err: (text) => writeAll(2, text),
    get colour() {
      return !env.NO_COLOR && !env.CI && env.TERM !== "dumb" && process.stdout.isTTY === true;
    },
    get interactive() {
      return !env.CI && process.stdin.isTTY === true && process.stdout.isTTY === true;
    },
    get columns() {
      return process.stdout.columns || 100;
    },
    get progress() {
      return !env.CI && env.TERM !== "dumb" && process.stderr.isTTY === true;
    },
    readInput,
  };
}
