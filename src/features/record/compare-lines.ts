import { createHash } from "node:crypto";
import { redactedSum } from "./redacted-sum.ts";
import { saysNothingNew } from "./tombstone.ts";

/** How a later version of a file departs from an earlier one: the first earlier line that is not kept. */
export interface Departure {
  /** Index into the earlier lines, from 0. */
  index: number;
  what: "changed" | "removed" | "inserted before" | "reordered";
}

/** SHA-256, lower-case hexadecimal, of a line's bytes without its end. The line is in latin-1, as `linesOf` gives it. */
export function lineSum(line: string): string {
  return createHash("sha256").update(line, "latin1").digest("hex");
}

/** Is `later` the same line, or the tombstone of it under a redaction that is on record? */
export function isKept(
  earlier: string,
  later: string | undefined,
  redactions: ReadonlySet<string>,
): "same" | "redacted" | null {
  if (later === earlier) return "same";
  if (later === undefined || redactions.size === 0) return null;
  const sum = redactedSum(later);
  const isTombstone = sum !== null && redactions.has(sum) && lineSum(earlier) === sum;
  return isTombstone && saysNothingNew(later, earlier) ? "redacted" : null;
}

/**
 * In a plain commit the earlier lines must be a prefix of the later ones.
 * @returns the first departure (null when there is none) and the indexes of redacted lines
 */
export function comparePrefix(
  earlier: readonly string[],
  later: readonly string[],
  redactions: ReadonlySet<string> = new Set(),
): { departure: Departure | null; redacted: number[] } {
  const redacted: number[] = [];
  for (const [index, line] of earlier.entries()) {
    const kept = isKept(line, later[index], redactions);
    if (kept === "redacted") redacted.push(index);
    if (kept === null) return { departure: { index, what: nameDeparture(earlier, later, index) }, redacted };
  }
  return { departure: null, redacted };
}

function nameDeparture(
  earlier: readonly string[],
  later: readonly string[],
  index: number,
): Departure["what"] {
  const line = earlier[index] ?? "";
  const next = later[index];
  const stands = later.indexOf(line, index);
  if (stands < 0) return next === undefined || next === earlier[index + 1] ? "removed" : "changed";
  return next !== undefined && earlier.includes(next, index + 1) ? "reordered" : "inserted before";
}

/** Marks the places of tombstones apart from those of lines; no line of JSON begins with NUL. */
const REDACTED = "\0";

/** Where a line stands, in order; `next` moves forward only, so that a thousand equal lines cost no more. */
interface Places {
  all: number[];
  next: number;
}

/** Where each line stands, tombstones under the sum of what they replace. */
function placesOf(merged: readonly string[], redactions: ReadonlySet<string>): Map<string, Places> {
  const places = new Map<string, Places>();
  for (const [place, line] of merged.entries()) {
    const sum = redactions.size > 0 ? redactedSum(line) : null;
    const key = sum !== null && redactions.has(sum) ? REDACTED + sum : line;
    const known = places.get(key);
    if (known) known.all.push(place);
    else places.set(key, { all: [place], next: 0 });
  }
  return places;
}

/** The first place at or after `from`. */
function placeFrom(places: Places | undefined, from: number): number | undefined {
  if (places === undefined) return undefined;
  while ((places.all[places.next] ?? Number.POSITIVE_INFINITY) < from) places.next += 1;
  return places.all[places.next];
}

/**
 * In a merge commit each parent's lines must stand in order, others may stand between them.
 * @returns indexes of the parent's lines that are missing or out of order, and of those that are redacted
 */
export function findMissing(
  parent: readonly string[],
  merged: readonly string[],
  redactions: ReadonlySet<string> = new Set(),
): { missing: number[]; redacted: number[] } {
  const places = placesOf(merged, redactions);
  const missing: number[] = [];
  const redacted: number[] = [];
  let at = 0;
  for (const [index, line] of parent.entries()) {
    let place = placeFrom(places.get(line), at);
    if (place === undefined && redactions.size > 0) {
      place = placeFrom(places.get(REDACTED + lineSum(line)), at);
      if (place !== undefined && !saysNothingNew(merged[place] ?? "", line)) place = undefined;
      if (place !== undefined) redacted.push(index);
    }
    if (place === undefined) missing.push(index);
    else at = place + 1;
  }
  return { missing, redacted };
}
