import type { Witness } from "../seen-line.ts";
import { type Absence, findAbsences, type Watches } from "./find-absences.ts";
import { type SeenCall, witnessesOf } from "./match-calls.ts";

/** Calls of one tool that some witnesses tell of and others do not. */
export interface Difference {
  agent: string;
  tool: string;
  calls: number;
  /** Of the first and the last of them, in milliseconds since 1970. */
  from: number;
  until: number;
  seenBy: Witness[];
  notSeenBy: Witness[];
  /** Why that need not surprise; null where nothing explains it. */
  explained: string | null;
  /** `file:line` of the first of them. */
  place: string;
}

/** Absences with the same explanation belong together. */
function byExplanation(absences: readonly Absence[]): Map<string | null, Witness[]> {
  const found = new Map<string | null, Witness[]>();
  for (const { witness, explained } of absences)
    found.set(explained, [...(found.get(explained) ?? []), witness]);
  return found;
}

function differencesOf(call: SeenCall, watches: Watches): Difference[] {
  const { agent = "", tool = "", place = "" } = call.lines[0] ?? {};
  const shared = { agent, tool, place, calls: 1, from: call.at, until: call.at, seenBy: witnessesOf(call) };
  return [...byExplanation(findAbsences(call, watches))].map(([explained, notSeenBy]) => ({
    ...shared,
    notSeenBy,
    explained,
  }));
}

function keyOf({ agent, tool, seenBy, notSeenBy, explained }: Difference): string {
  return [agent, tool, seenBy, notSeenBy, explained ?? ""].join("\0");
}

/** Where witnesses differ, by agent and tool; what nothing explains comes first. @param calls in time order */
export function findDifferences(calls: readonly SeenCall[], watches: Watches): Difference[] {
  const found = new Map<string, Difference>();
  for (const call of calls) {
    for (const difference of differencesOf(call, watches)) {
      const key = keyOf(difference);
      const known = found.get(key);
      if (known === undefined) found.set(key, difference);
      else {
        known.calls += 1;
        known.until = Math.max(known.until, difference.until);
      }
    }
  }
  return [...found.values()].sort(
    (a, b) => Number(a.explained !== null) - Number(b.explained !== null) || a.from - b.from,
  );
}
