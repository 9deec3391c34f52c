import type { Level } from "../../../vocabulary/level.ts";
import { RULES } from "../../../vocabulary/rules/index.ts";
import type { RuleCost } from "./count-rules.ts";

/** A level for a rule, and why. */
export interface Suggestion {
  level: Level;
  why: string;
}

/** Fewer pull requests than this tell nothing. */
const ENOUGH = 10;
/** Shares up to which a rule may block, or warn: our own choice (docs/decisions/0016), to be moved by experience. */
const RARE = 0.05;
const USUAL = 0.25;

function counted(count: number, one: string): string {
  return `${count} ${one}${count === 1 ? "" : "s"}`;
}

/**
 * The next sensible level of a rule on the way observe → warn → block, from what it would have cost.
 * @param total pull requests that were judged
 */
export function suggestLevel(cost: Omit<RuleCost, "example">, total: number): Suggestion {
  const { rule, pulls, own, recent } = cost;
  const usual = RULES[rule].level;
  if (usual !== "block") return { level: usual, why: "a note by nature: it is no reason to stop a merge" };
  if (total < ENOUGH) return { level: "observe", why: `only ${counted(total, "merge")} to judge by` };
  if (pulls === 0) return { level: "block", why: "it spoke, and never so that it would block" };
  if (own === 0) return { level: "warn", why: "it stood on the branch before: mend that, then block" };
  const share = own / total;
  const waning = pulls > 0 && recent.of >= ENOUGH && recent.pulls === 0;
  if (waning) return { level: "block", why: `not once in the newest ${recent.of} merges` };
  if (share <= RARE)
    return { level: "block", why: `${counted(own, "merge")} of ${total}: rare enough to stop each` };
  if (share <= USUAL) return { level: "warn", why: "a habit of some: warn until it is rare" };
  return { level: "observe", why: "most would stop: tell people first, look again later" };
}
