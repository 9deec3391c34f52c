import { describeTotals } from "../totals/describe-totals.ts";
import type { Coverage, KindFacts, RunFacts } from "./run-facts.ts";

const counted = (count: number, one: string) => `${count} ${one}${count === 1 ? "" : "s"}`;

/** What of the head a run covers, in words. */
export function describeCoverage({ isWhole, differing, unknown, drifted }: Coverage): string {
  if (isWhole) return "covers this very tree";
  if (differing === null) return `what it covers cannot be told: ${unknown ?? ""}`;
  const drift = drifted > 0 ? `, with ${counted(drifted, "file")} as the base had them then` : "";
  if (differing.length > 0) return `${counted(differing.length, "file")} changed after it${drift}`;
  return drifted > 0 ? `covers every file of the change${drift}` : "covers the content of this tree";
}

function summariseKind({ kind, last }: KindFacts): string {
  const how = last.passed ? "passed" : `ended with exit ${last.exitCode}`;
  return `${kind} run ${how} (${describeTotals(last.totals)}), ${describeCoverage(last.covers)}`;
}

/** The facts about runs in words, or null where there are none. */
export function summariseRuns({ kinds }: RunFacts): string | null {
  return kinds.length === 0 ? null : kinds.map(summariseKind).join("; ");
}
