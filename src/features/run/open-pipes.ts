import { spawnSync } from "node:child_process";
import { closeSync, constants, mkdtempSync, openSync, rmSync } from "node:fs";
import { Socket } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Readable } from "node:stream";
import { systemCode } from "../../platform/errors/index.ts";

/** A pipe whose one end is a stream here, and whose other a command gets. */
export interface OpenPipe {
  from: Readable;
  /** Descriptor for the command; ours is closed once it runs. */
  to: number;
}

function openOne(path: string): OpenPipe {
  // Without waiting for a writer, which is opened next.
  const from = openSync(path, constants.O_RDONLY | constants.O_NONBLOCK);
  const to = openSync(path, constants.O_WRONLY);
  return { from: new Socket({ fd: from, readable: true, writable: false }), to };
}

/**
 * Real pipes, as a shell's. What Node calls a pipe is a socket: a command that opens `/dev/stdout` fails on it, and one
 * whose reader is gone is told so in other words. Null where the system makes none (no `mkfifo`).
 */
export function openPipes(count: number): OpenPipe[] | null {
  if (process.platform === "win32" || count === 0) return null;
  const folder = mkdtempSync(join(tmpdir(), "growth-engine-pipe-"));
  try {
    const paths = Array.from({ length: count }, (_, at) => join(folder, String(at)));
    if (spawnSync("mkfifo", ["-m", "600", ...paths], { stdio: "ignore" }).status !== 0) return null;
    return paths.map(openOne);
  } catch (error) {
    if (systemCode(error) === undefined) throw error;
    return null;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Once the command has its own copies, ours would keep the pipes open for ever. */
export function closeOurs(pipes: readonly OpenPipe[]): void {
  for (const { to } of pipes) closeSync(to);
}
