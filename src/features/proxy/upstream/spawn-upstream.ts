import { type ChildProcess, spawn } from "node:child_process";
import type { Readable, Writable } from "node:stream";
import { Fault, messageOf } from "../../../platform/errors/index.ts";
import type { Side } from "../relay/relay.ts";

/** How a server ended: with a code, or by a signal. */
export interface Ended {
  code: number | null;
  signal: NodeJS.Signals | null;
}

/** A server behind the proxy. */
export interface Upstream extends Side {
  ended: Promise<Ended>;
  signal(name: NodeJS.Signals): void;
}

/** Tokens that are meant for this program: the server has no business with them. */
const OWN_TOKENS = /^GROWTH_ENGINE_(TOKEN|ADMIN|PROXY_TOKEN)/;

/** How long what a server started may hold its output open after the server itself is gone. */
const LINGER_MS = 500;

function endOf(child: ChildProcess): Promise<Ended> {
  return new Promise((resolve) => {
    child.on("close", (code, signal) => resolve({ code, signal }));
    child.on("exit", (code, signal) => {
      setTimeout(() => {
        child.stdout?.destroy();
        resolve({ code, signal });
      }, LINGER_MS).unref();
    });
  });
}

/**
 * Starts the server with its own words, without a shell, in the caller's folder and environment. What it writes to
 * standard error goes where the proxy's goes.
 * @throws Fault COMMAND_FAILED when it cannot be started
 */
export async function spawnUpstream(
  [program = "", ...words]: readonly string[],
  { cwd, env }: { cwd: string; env: NodeJS.ProcessEnv },
): Promise<Upstream> {
  const child = spawn(program, words, {
    cwd,
    env: Object.fromEntries(Object.entries(env).filter(([name]) => !OWN_TOKENS.test(name))),
    stdio: ["pipe", "pipe", "inherit"],
  });
  const { stdin: input, stdout: output } = child as ChildProcess & { stdin: Writable; stdout: Readable };
  const ended = endOf(child);
  await new Promise<void>((done, failed) => {
    child.once("spawn", done).once("error", (error) => {
      failed(
        new Fault("COMMAND_FAILED", `the server ${program} could not be started: ${messageOf(error)}`, {
          cause: error,
          hint: "name a program that this user can run after --",
        }),
      );
    });
  });
  return { input, output, ended, signal: (name) => child.kill(name) };
}
