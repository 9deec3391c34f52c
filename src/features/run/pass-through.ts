import { type ChildProcess, spawn } from "node:child_process";
import { constants } from "node:os";
import { isatty } from "node:tty";
import { systemCode } from "../../platform/errors/index.ts";
import { type OutputSum, passStream } from "./pass-stream.ts";

/** How a command ended. */
export interface Ended {
  /** As a shell counts: 128 + n for signal n, 127 for a program that is not there, 126 for one that cannot be started. */
  code: number;
  signal: NodeJS.Signals | null;
  /** Why it could not be started, or null. */
  failed: string | null;
  /** Of each stream that went through a pipe; null for one that went to a terminal, which nobody else sees. */
  stdout: OutputSum | null;
  stderr: OutputSum | null;
}

export interface PassOptions {
  cwd: string;
  env: NodeJS.ProcessEnv;
  /** Use pipes where the command would otherwise write to the terminal. */
  piped: boolean;
}

const SIGNAL_BASE = 128;
const NOT_FOUND = 127;
const NOT_STARTED = 126;
/** A process that the command left behind may hold its pipes for ever: the run is over when the command is. */
const LINGER_MS = 2_000;

const FORWARDED = ["SIGTERM", "SIGHUP", "SIGUSR2", "SIGINT", "SIGQUIT"] as const;
/** A terminal sends these to everybody in front of it, the command included. */
const FROM_TERMINAL = new Set<NodeJS.Signals>(["SIGINT", "SIGQUIT"]);

/** Passes signals on until the command has ended; a second time none. */
function forwardSignals(child: ChildProcess): () => void {
  const hasTerminal = [0, 1, 2].some((descriptor) => isatty(descriptor));
  const listeners = FORWARDED.map((signal) => {
    const listener = () => {
      if (!(hasTerminal && FROM_TERMINAL.has(signal))) child.kill(signal);
    };
    process.on(signal, listener);
    return [signal, listener] as const;
  });
  return () => {
    for (const [signal, listener] of listeners) process.removeListener(signal, listener);
  };
}

function codeOf(code: number | null, signal: NodeJS.Signals | null): number {
  return signal === null ? (code ?? NOT_STARTED) : SIGNAL_BASE + constants.signals[signal];
}

function untilEnded(child: ChildProcess): Promise<Pick<Ended, "code" | "signal" | "failed">> {
  return new Promise((resolve) => {
    let answer: Pick<Ended, "code" | "signal" | "failed"> | undefined;
    const end = () => answer && resolve(answer);
    child.on("error", (error) => {
      const isMissing = systemCode(error) === "ENOENT";
      resolve({ code: isMissing ? NOT_FOUND : NOT_STARTED, signal: null, failed: error.message });
    });
    child.on("exit", (code, signal) => {
      answer = { code: codeOf(code, signal), signal, failed: null };
      setTimeout(end, LINGER_MS).unref();
    });
    child.on("close", end);
  });
}

/**
 * Runs a command in the user's place: standard input is its own, what it writes goes where ours goes, byte for byte,
 * signals reach it, and it ends as it ends. It stays in our process group, so that whoever ends the group ends it too.
 */
export async function passThrough(words: readonly string[], options: PassOptions): Promise<Ended> {
  const [program = "", ...args] = words;
  const through = (descriptor: 1 | 2) => (options.piped || !isatty(descriptor) ? "pipe" : "inherit");
  const stdio = ["inherit", through(1), through(2)] as const;
  const child = spawn(program, args, { cwd: options.cwd, env: options.env, stdio: [...stdio] });
  const streams = [
    passStream(child.stdout, process.stdout),
    passStream(child.stderr, process.stderr),
  ] as const;
  const stop = forwardSignals(child);
  try {
    const ended = await untilEnded(child);
    return { ...ended, stdout: streams[0].sum(), stderr: streams[1].sum() };
  } finally {
    stop();
    child.stdout?.destroy();
    child.stderr?.destroy();
  }
}
