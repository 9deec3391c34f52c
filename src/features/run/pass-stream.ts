import { createHash } from "node:crypto";
import type { Readable, Writable } from "node:stream";

/** What went through a pipe. */
export interface OutputSum {
  /** Lower-case hexadecimal, of all bytes. */
  sha256: string;
  bytes: number;
  /** The last part of it, as text; for totals that are only printed, never recorded. */
  tail: string;
}

const TAIL_BYTES = 64 * 1024;

/** Hands bytes on as they come, no faster than they are taken, and sums them. */
export function passStream(from: Readable | null, to: Writable): { sum(): OutputSum | null } {
  if (from === null) return { sum: () => null };
  const hash = createHash("sha256");
  let bytes = 0;
  let tail = Buffer.alloc(0);
  from.on("data", (chunk: Buffer) => {
    hash.update(chunk);
    bytes += chunk.length;
    tail = Buffer.concat([tail, chunk]).subarray(-TAIL_BYTES);
    if (to.write(chunk)) return;
    from.pause();
    to.once("drain", () => from.resume());
  });
  // Whoever read us is gone: so the command's own reader is, and its next write tells it.
  to.on("error", () => from.destroy());
  return { sum: () => ({ sha256: hash.copy().digest("hex"), bytes, tail: tail.toString("utf8") }) };
}
