import { readInstant, utcTimestamp } from "../../../../platform/clock/index.ts";
import { RULE_NAMES } from "../../../../vocabulary/rules/index.ts";

/** PostgreSQL keeps neither NUL nor half a character. */
const UNSTORABLE = /[\0\p{Cs}]/gu;
const KNOWN: ReadonlySet<string> = new Set(RULE_NAMES);
const RULE = /\b[a-z]{2,20}\/[a-z]{2,30}(?:-[a-z]{2,30}){0,4}\b/g;

/** 2200: beyond it no clock is that wrong. */
const LATEST = 7_258_118_400_000;

/** Text of a stranger, fit to be kept and no longer than this. */
export function clipped(text: string | null | undefined, max: number): string {
  return (text ?? "").slice(0, max).replaceAll(UNSTORABLE, "\ufffd");
}

/** The same, and null for what says nothing. */
export function clippedOrNull(text: string | null | undefined, max: number): string | null {
  return clipped(text, max) || null;
}

/** The rules of ours that a text names, each once. */
export function rulesIn(...texts: (string | null | undefined)[]): string[] {
  const found = texts.flatMap((text) => (text ?? "").slice(0, 65_536).match(RULE) ?? []);
  return [...new Set(found)].filter((name) => KNOWN.has(name)).sort();
}

/** A time as forges write it (`2016-08-12T15:23:28Z`, `2016-08-12 15:23:28 UTC`, `… +0200`) → RFC 3339 in UTC; null for none. */
export function forgeTime(text: string | null | undefined): string | null {
  const instant = text ? readInstant(text) : Number.NaN;
  return instant >= 0 && instant <= LATEST ? utcTimestamp(instant) : null;
}
