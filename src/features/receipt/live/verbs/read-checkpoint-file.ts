import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { messageOf, Refusal } from "../../../../platform/errors/index.ts";
import type { CommandContext } from "../../../../platform/terminal/index.ts";
import { type Checkpoint, readCheckpoint } from "../../checkpoint.ts";
import { keysOfWords } from "../../read-keys.ts";
import { checkSignature } from "../../signed-note.ts";
import type { VerifierKey } from "../../verifier-key.ts";

/** A checkpoint, and the text that it was read from. */
export interface ReadCheckpoint extends Checkpoint {
  text: string;
}

/** Takes a checkpoint as text. @throws Refusal INPUT_INVALID */
export function takeCheckpoint(text: string, name: string): ReadCheckpoint {
  const checkpoint = readCheckpoint(text);
  if (checkpoint !== null) return { ...checkpoint, text };
  throw new Refusal("INPUT_INVALID", `${name} holds no checkpoint`, {
    hint: "growth-engine receipt checkpoint > a.checkpoint",
  });
}

/** Reads a checkpoint from a file. @throws Refusal INPUT_INVALID */
export function readCheckpointFile(path: string, { cwd }: CommandContext): ReadCheckpoint {
  let text: string;
  try {
    text = readFileSync(resolve(cwd, path), "utf8");
  } catch (error) {
    throw new Refusal("INPUT_INVALID", `${path} could not be read: ${messageOf(error)}`);
  }
  return takeCheckpoint(text, path);
}

/** The log's key. @throws Refusal INPUT_INVALID */
export function logKey(word: string): VerifierKey {
  const keys = keysOfWords([word]);
  const [key] = keys;
  if (key !== undefined && keys.length === 1 && key.kind === "note") return key;
  throw new Refusal("INPUT_INVALID", "--key takes one public key of a log", {
    hint: "growth-engine receipt key prints it",
  });
}

/** Why a checkpoint is not of this log, as a sentence part; null when it is signed by its key. */
export function whyUnsigned({ origin, note }: Checkpoint, key: VerifierKey): string | null {
  if (origin !== key.name) return `it is of the log ${origin}, not of ${key.name}`;
  const said = checkSignature(note, key);
  if (said === "good") return null;
  return said === "absent" ? "this key did not sign it" : "its signature does not hold";
}
