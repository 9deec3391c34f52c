import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { constants } from "node:os";
import type { Readable } from "node:stream";
import { isatty } from "node:tty";
import { systemCode } from "../../platform/errors/index.ts";
import { closeOurs, openPipes } from "./open-pipes.ts";
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

type Exit = Pick<Ended, "code" | "signal" | "failed">;

function untilExit(child: ChildProcess): Promise<Exit> {
  return new Promise((resolve) => {
    child.on("error", (error) => {
      const isMissing = systemCode(error) === "ENOENT";
      resolve({ code: isMissing ? NOT_FOUND : NOT_STARTED, signal: null, failed: error.message });
    });
    child.on("exit", (code, signal) => resolve({ code: codeOf(code, signal), signal, failed: null }));
  });
}

/** All that the command wrote is read, unless somebody else holds its pipes open. */
function untilRead(streams: readonly (Readable | null)[]): Promise<unknown> {
  const ended = streams.map((stream) => (stream === null || stream.closed ? null : once(stream, "close")));
  const patience = new Promise((resolve) => setTimeout(resolve, LINGER_MS).unref());
  return Promise.race([Promise.all(ended), patience]);
}

/** The command, and what it writes as streams; null for a stream that it has from us. */
interface Started {
  child: ChildProcess;
  out: Readable | null;
  err: Readable | null;
}

function start(words: readonly string[], { cwd, env, piped }: PassOptions): Started {
  const [program = "", ...args] = words;
  const through = ([1, 2] as const).filter((descriptor) => piped || !isatty(descriptor));
  const pipes = openPipes(through.length);
  const pipeOf = (descriptor: 1 | 2) => pipes?.[through.indexOf(descriptor)];
  const stdio = (descriptor: 1 | 2) =>
    through.includes(descriptor) ? (pipeOf(descriptor)?.to ?? "pipe") : "inherit";
  const child = spawn(program, args, { cwd, env, stdio: ["inherit", stdio(1), stdio(2)] });
  closeOurs(pipes ?? []);
  return { child, out: pipeOf(1)?.from ?? child.stdout, err: pipeOf(2)?.from ?? child.stderr };
}

/**
 * Runs a command in the user's place: standard input is its own, what it writes goes where ours goes, byte for byte,
 * signals reach it, and it ends as it ends. It stays in our process group, so that whoever ends the group ends it too.
 */
export async function passThrough(words: readonly string[], options: PassOptions): Promise<Ended> {
  const { child, out, err } = start(words, options);
  const streams = [passStream(out, process.stdout), passStream(err, process.stderr)] as const;
  const read = [out, err];
  const stop = forwardSignals(child);
  try {
    const exit = await untilExit(child);
    await untilRead(read);
    return { ...exit, stdout: streams[0].sum(), stderr: streams[1].sum() };
  } finally {
    stop();
    out?.destroy();
    err?.destroy();
  }
}
