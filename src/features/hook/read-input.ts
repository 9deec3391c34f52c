import { read } from "node:fs";
import { systemCode } from "../../platform/errors/index.ts";

/** Hosts send what tools answered, whole. */
export const MAX_PAYLOAD_BYTES = 64 << 20;
/** A host that keeps the pipe open has written long before. */
export const PATIENCE_MS = 2_000;

const PART_BYTES = 64 << 10;
/** Up to here each part may be the last; beyond, looking at all of it each time would cost more than reading it. */
const LOOK_BYTES = 1 << 20;
const BRACE = 0x7d;
const SPACE = 0x20;
/** A descriptor that does not wait for its writer is asked again after this. */
const AGAIN_MS = 5;

/** What came in. */
export interface HookInput {
  text: string;
  /** The text, where it is JSON; else undefined. */
  value: unknown;
  /** Null when the input ended, or was whole before it did. */
  problem: "too large" | "no end" | null;
  /** Whether a thread still waits for more: Node does not leave before that thread does. */
  isHeld: boolean;
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/**
 * Reads a payload to its end or until it is one whole JSON value, and waits for no more than `patience` milliseconds
 * of silence: the agent waits meanwhile. Read by itself, since Node takes 3 ms to make a stream of standard input.
 */
export function readInput(descriptor: number, patience = PATIENCE_MS): Promise<HookInput> {
  const parts: Buffer[] = [];
  let size = 0;
  let look = 1;
  let isReading = false;
  return new Promise((resolve) => {
    const finish = (problem: HookInput["problem"], value?: unknown) => {
      clearTimeout(silence);
      const text = problem === "too large" ? "" : Buffer.concat(parts).toString("utf8");
      resolve({ text, value: value ?? parse(text), problem, isHeld: isReading });
    };
    const silence = setTimeout(() => finish("no end"), patience);
    const take = (part: Buffer) => {
      silence.refresh();
      // A small part would keep the whole of what it was read into.
      parts.push(part.length < PART_BYTES / 2 ? Buffer.from(part) : part);
      size += part.length;
      if (size > MAX_PAYLOAD_BYTES) return finish("too large");
      const last = part.findLast((byte) => byte > SPACE) ?? BRACE;
      if (size >= look && last === BRACE) {
        const value = parse(Buffer.concat(parts).toString("utf8"));
        if (value !== undefined) return finish(null, value);
        look = size < LOOK_BYTES ? size : size * 2;
      }
      next();
    };
    const next = () => {
      isReading = true;
      read(descriptor, Buffer.allocUnsafe(PART_BYTES), 0, PART_BYTES, null, (error, count, part) => {
        isReading = false;
        if (systemCode(error) === "EAGAIN") setTimeout(next, AGAIN_MS);
        // A pipe whose writer is gone ends with an error on some systems.
        else if (error || count === 0) finish(null);
        else take(part.subarray(0, count));
      });
    };
    next();
  });
}
