import { type GlobForm, globsOverlap } from "../../platform/globs/index.ts";
import type { ResourceKind } from "../../vocabulary/reservation.ts";

/** A resource as it is compared. */
export interface Covered {
  kind: ResourceKind;
  pattern: string;
  /** Null: of any repository. */
  repository: string | null;
  shared: boolean;
  /** Of files, what the glob's braces stand for; of anything else, nothing. */
  forms: readonly GlobForm[];
}

/** May somebody touch both? Files when some path matches both globs, anything else when it is called the same. */
export function touches(one: Covered, other: Covered): boolean {
  if (one.kind !== other.kind) return false;
  if (one.kind !== "file") return one.pattern === other.pattern;
  if (one.repository !== null && other.repository !== null && one.repository !== other.repository)
    return false;
  return one.forms.some((left) => other.forms.some((right) => globsOverlap(left, right)));
}

/** Can the two not be held at once? Those who share do not disturb each other. */
export function conflicts(one: Covered, other: Covered): boolean {
  return !(one.shared && other.shared) && touches(one, other);
}

/** Has it ended, or its lease run out? At its very end it has. @param holding times in milliseconds since 1970 */
export function isOver(
  { state, lease_until }: { state: string; lease_until: number | null },
  now: number,
): boolean {
  return state !== "held" || (lease_until !== null && lease_until <= now);
}
