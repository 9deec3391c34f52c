import type { Repository } from "../../platform/git/index.ts";
import { parseTimestamp } from "../../vocabulary/timestamp.ts";
import { readEvidence } from "../evidence/index.ts";
import { isObject } from "./logged-call.ts";

/** Ids of this length are random; shorter ones (`call_0`) repeat from session to session. */
const UNIQUE_CHARACTERS = 16;

function keyOf(id: string, at: number): string {
  return id.length >= UNIQUE_CHARACTERS ? id : `${id} ${at}`;
}

/**
 * Calls that were imported before, whoever imported them, those in archives included. A session that is resumed or
 * forked has a log that begins with the calls of another one.
 */
export class KnownCalls {
  readonly #keys = new Set<string>();

  has(id: string, at: number): boolean {
    return this.#keys.has(keyOf(id, at));
  }

  add(id: string, at: number): void {
    this.#keys.add(keyOf(id, at));
  }
}

/** Those that stand in the working tree. */
export async function readKnownCalls(repository: Repository): Promise<KnownCalls> {
  const known = new KnownCalls();
  await readEvidence(repository, {}, ({ entry }) => {
    if (!isObject(entry.recorder) || entry.recorder.kind !== "transcript") return;
    known.add(String(entry.request_id), parseTimestamp(String(entry.timestamp)) ?? 0);
  });
  return known;
}
