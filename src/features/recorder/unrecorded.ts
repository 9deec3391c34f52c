import { appendFileSync, mkdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { utcTimestamp } from "../../platform/clock/index.ts";
import { systemCode } from "../../platform/errors/index.ts";

/** Something that a recorder saw and could not record. */
export interface Unrecorded {
  /** RFC 3339. */
  at: string;
  recorder: string;
  reason: string;
  /** How many calls. */
  calls: number;
}

const MAX_REASON = 300;

function fileOf(gitDir: string): string {
  return join(gitDir, "growth-engine/unrecorded.jsonl");
}

/** Notes that calls were not recorded. Where not even that can be written there is no place left to say it: false. */
export function countUnrecorded(
  checkout: { gitDir: string },
  { recorder, reason, calls = 1, at }: { recorder: string; reason: string; calls?: number; at: number },
): boolean {
  const note: Unrecorded = { at: utcTimestamp(at), recorder, reason: reason.slice(0, MAX_REASON), calls };
  try {
    mkdirSync(dirname(fileOf(checkout.gitDir)), { recursive: true });
    appendFileSync(fileOf(checkout.gitDir), `${JSON.stringify(note)}\n`);
    return true;
  } catch (error) {
    if (systemCode(error) === undefined) throw error;
    return false;
  }
}

function parseNote(text: string): Unrecorded[] {
  try {
    const { at, recorder, reason, calls } = JSON.parse(text) as Partial<Unrecorded>;
    const isWhole = [at, recorder, reason].every((each) => typeof each === "string") && Number(calls) > 0;
    return isWhole ? [{ at, recorder, reason, calls } as Unrecorded] : [];
  } catch {
    // Cut short by the same full disk that it tells of.
    return [];
  }
}

/** All that was counted in this working tree, oldest first. */
export function readUnrecorded(checkout: { gitDir: string }): Unrecorded[] {
  try {
    return readFileSync(fileOf(checkout.gitDir), "utf8").split("\n").flatMap(parseNote);
  } catch (error) {
    if (systemCode(error) === undefined) throw error;
    return [];
  }
}
