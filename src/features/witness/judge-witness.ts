import type { Finding } from "../../vocabulary/finding.ts";
import { formatTimestamp } from "../../vocabulary/timestamp.ts";
import type { Config } from "../config/index.ts";
import type { Difference } from "./compare/find-differences.ts";
import type { FileSeen, WitnessFacts } from "./witness-facts.ts";

/** More of one rule are counted, not listed. */
const MOST_LISTED = 100;

/** Is this a file of which no recorder saw an edit? One that only moved was not edited. */
export function isBlindSpot({ change, seenBy }: FileSeen): boolean {
  return change !== "moved" && seenBy.every((witness) => witness === "claimed");
}

function blindSpot({ file, change, seenBy }: FileSeen): Finding {
  const what = change === "removed" ? "was removed" : "changed";
  const by = seenBy.length > 0 ? "only a typed line tells of it" : "git alone tells of it";
  return { rule: "witness/blind-spot", message: `${what}, and no recorder saw an edit of it: ${by}`, file };
}

const listed = (words: readonly string[], last: string) =>
  words.length < 2 ? words.join("") : `${words.slice(0, -1).join(", ")} ${last} ${words.at(-1)}`;

/** Witnesses, calls and times of a difference, as one sentence. */
export function sayDifference({ agent, tool, calls, from, until, seenBy, notSeenBy }: Difference): string {
  const when =
    from === until
      ? `at ${formatTimestamp(from)}`
      : `between ${formatTimestamp(from)} and ${formatTimestamp(until)}`;
  const what = `${calls} ${calls === 1 ? "call" : "calls"} of ${tool}`;
  const not =
    notSeenBy.length > 1 ? `neither ${listed(notSeenBy, "nor")} saw` : `${notSeenBy[0]} did not see`;
  return `${listed(seenBy, "and")} saw ${what} of ${agent} ${when} that ${not}`;
}

function unexplained(difference: Difference): Finding {
  const [, file = "", line = "1"] = /^(.*):(\d+)$/.exec(difference.place) ?? [];
  return { rule: "witness/unexplained", message: sayDifference(difference), file, line: Number(line) };
}

function capped(findings: readonly Finding[]): Finding[] {
  const more = findings.length - MOST_LISTED;
  const [first] = findings;
  if (more <= 0 || first === undefined) return [...findings];
  const rest = { rule: first.rule, message: `${more} more findings of this rule are not listed` };
  return [...findings.slice(0, MOST_LISTED), rest];
}

/** What the facts about a range break of the rules of the guard `witness`. */
export function judgeWitness({ files, differences }: WitnessFacts, _config: Config): Finding[] {
  return [
    ...capped(files.filter(isBlindSpot).map(blindSpot)),
    ...capped(differences.filter(({ explained }) => explained === null).map(unexplained)),
  ];
}

/** One sentence of the guard `witness`. */
export function summariseWitness({ files, witnesses, calls }: WitnessFacts): string {
  const edited = files.filter(({ change }) => change !== "moved");
  const seen = edited.filter((file) => !isBlindSpot(file)).length;
  const recorders = witnesses.filter(({ witness }) => witness !== "claimed").map(({ witness }) => witness);
  const by = recorders.length === 0 ? "no recorder" : listed(recorders, "and");
  return `${seen} of ${edited.length} changed code files were seen being edited by a recorder; ${by} told of ${calls} ${calls === 1 ? "call" : "calls"}`;
}
