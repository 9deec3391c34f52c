import type { Readable } from "node:stream";

/** Hosts send what tools answered, whole. */
export const MAX_PAYLOAD_BYTES = 64 << 20;
/** A host that keeps the pipe open has written long before. */
export const PATIENCE_MS = 2_000;

/** What came in, and why it is not all of it. */
export interface HookInput {
  text: string;
  /** Null when the input ended. */
  problem: "too large" | "no end" | null;
}

/**
 * Reads a payload, and waits for no more than `patience` milliseconds of silence: the agent waits meanwhile.
 * A stream rather than reads of the file: one that waits in a thread would keep the process from leaving.
 */
export function readInput(from: Readable, patience = PATIENCE_MS): Promise<HookInput> {
  const parts: Buffer[] = [];
  let size = 0;
  return new Promise((resolve) => {
    const finish = (problem: HookInput["problem"]) => {
      clearTimeout(silence);
      from.removeAllListeners();
      from.on("error", () => undefined);
      resolve({ text: problem === "too large" ? "" : Buffer.concat(parts).toString("utf8"), problem });
    };
    const silence = setTimeout(() => finish("no end"), patience);
    from.on("data", (part: Buffer) => {
      silence.refresh();
      size += part.length;
      if (size > MAX_PAYLOAD_BYTES) finish("too large");
      else parts.push(part);
    });
    from.on("end", () => finish(null));
    from.on("error", () => finish("no end"));
  });
}
