import { type Checkpoint, readCheckpoint } from "./checkpoint.ts";
import { type PlacedLeaf, rootOfLeaves } from "./prove-leaves.ts";
import { leafData, type ReceiptRecord } from "./receipt-record.ts";
import { checkSignature } from "./signed-note.ts";
import { hashLeaf } from "./tree-hash.ts";
import type { VerifierKey } from "./verifier-key.ts";

/** Where a receipt was found, and what it is held against. */
export interface ReceiptPlace {
  agent: string;
  day: string;
  /** Names of the repository; null where nobody said. */
  repositories: readonly string[] | null;
}

/** What a receipt is worth. `unknown`: none of the keys signed it, so that it says nothing here. */
export type CheckedReceipt =
  | { state: "good"; lines: ReadonlyMap<string, string>; repository: string; checkpoint: Checkpoint }
  | { state: "bad" | "unknown"; why: string };

type CheckedNote = { checkpoint: Checkpoint } | { state: "bad" | "unknown"; why: string };

/** Checks the signatures of checkpoints, each once. */
export class CheckedNotes {
  readonly #keys: readonly VerifierKey[];
  readonly #known = new Map<string, CheckedNote>();

  constructor(keys: readonly VerifierKey[]) {
    this.#keys = keys;
  }

  /** What the keys say of a checkpoint. */
  check(text: string): CheckedNote {
    const known = this.#known.get(text) ?? this.#look(text);
    this.#known.set(text, known);
    return known;
  }

  #look(text: string): CheckedNote {
    const checkpoint = readCheckpoint(text);
    if (checkpoint === null) return { state: "bad", why: "its checkpoint is none" };
    const { origin, note } = checkpoint;
    const own = this.#keys.filter(({ name, kind }) => name === origin && kind === "note");
    const said = own.map((key) => checkSignature(note, key));
    if (said.includes("bad")) return { state: "bad", why: `the signature of ${origin} does not hold` };
    if (said.includes("good")) return { checkpoint };
    return { state: "unknown", why: `none of the given keys signed it (its log is ${origin})` };
  }
}

function placesOf(record: ReceiptRecord): PlacedLeaf[] {
  const { repository, agent, day, leaves } = record;
  return leaves.flatMap(([first, received, sums]) =>
    sums.map((sum, at) => ({
      index: first + at,
      hash: hashLeaf(leafData({ repository, agent, day, sum, received })),
    })),
  );
}

function whyElsewhere(record: ReceiptRecord, { agent, day, repositories }: ReceiptPlace): string | null {
  if (record.agent !== agent) return `it speaks of lines of ${record.agent}, not of ${agent}`;
  if (record.day !== day) return `it speaks of lines of ${record.day}, not of ${day}`;
  if (repositories === null || repositories.includes(record.repository)) return null;
  return `it speaks of lines of the repository ${record.repository}, not of ${repositories.join(" or ")}`;
}

/** Holds a receipt against the place where it was found and the keys: signature, then inclusion of every line. */
export function checkReceipt(
  record: ReceiptRecord,
  place: ReceiptPlace,
  notes: CheckedNotes,
): CheckedReceipt {
  const elsewhere = whyElsewhere(record, place);
  if (elsewhere !== null) return { state: "bad", why: elsewhere };
  const note = notes.check(record.checkpoint);
  if ("why" in note) return note;
  const { checkpoint } = note;
  const proof = record.proof.map((hash) => Buffer.from(hash, "base64"));
  const root = rootOfLeaves(placesOf(record), checkpoint.size, proof);
  if (root === null || !root.equals(checkpoint.root))
    return { state: "bad", why: "its lines do not stand in the log that it names" };
  const lines = record.leaves.flatMap(([, received, sums]) => sums.map((sum) => [sum, received] as const));
  return { state: "good", lines: new Map(lines), repository: record.repository, checkpoint };
}
