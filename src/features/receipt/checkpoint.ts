import type { TreeHead } from "./prove-consistency.ts";
import { type Note, readNote } from "./signed-note.ts";
import { HASH_BYTES } from "./tree-hash.ts";

/** What a log says of itself at one moment (C2SP tlog-checkpoint). */
export interface Checkpoint extends TreeHead {
  /** Names the log. */
  origin: string;
  note: Note;
}

/** The text of a checkpoint: origin, size and root, each a line. */
export function writeCheckpoint(origin: string, { size, root }: TreeHead): string {
  return `${origin}\n${size}\n${root.toString("base64")}\n`;
}

/** Reads a checkpoint; null when it is none. Says nothing about whether a signature holds. */
export function readCheckpoint(text: string): Checkpoint | null {
  const note = readNote(text);
  const [origin = "", size = "", encoded = ""] = note?.text.split("\n") ?? [];
  const root = Buffer.from(encoded, "base64");
  const isWhole = root.length === HASH_BYTES && root.toString("base64") === encoded;
  if (note === null || origin === "" || !/^(0|[1-9]\d{0,15})$/.test(size) || !isWhole) return null;
  return Number.isSafeInteger(Number(size)) ? { origin, size: Number(size), root, note } : null;
}
