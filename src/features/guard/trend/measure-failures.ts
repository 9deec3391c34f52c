import type { RuleName } from "../../../vocabulary/rules/index.ts";
import { blockingOf, type PastFinding } from "../history/past-judgement.ts";
import { folderOf, type Tally, tally } from "../observe/count-rules.ts";
import { blockedAtMerge, type TrendPull } from "./trend-pull.ts";

/** A rule that failed pull requests. */
export interface Failure {
  rule: RuleName;
  /** Pull requests that it blocked at any of their commits. */
  pulls: number;
  /** Those of them that it still blocked as they were merged. */
  atMerge: number;
  folders: Tally[];
  agents: Tally[];
  authors: Tally[];
  example: { sha: string; subject: string };
}

interface Failed {
  trend: TrendPull;
  findings: PastFinding[];
}

function allBlocking({ grown, rules }: TrendPull): PastFinding[] {
  return grown.flatMap(({ judgement }) => blockingOf(judgement, rules));
}

/** Agents whose records a pull request carries; a change without records says nothing of who made it. */
export function agentsOf({ today }: TrendPull): readonly string[] {
  return today.agents.length > 0 ? today.agents : ["no record"];
}

function describe(rule: RuleName, failed: readonly Failed[]): Failure | null {
  const hits = failed.flatMap(({ trend, findings }) => {
    const own = findings.filter((finding) => finding.rule === rule);
    return own.length === 0 ? [] : [{ trend, findings: own }];
  });
  const newest = hits.findLast(({ findings }) => findings.some(({ inherited }) => !inherited)) ?? hits.at(-1);
  if (newest === undefined) return null;
  const foldersIn = ({ findings }: Failed) =>
    findings.flatMap(({ file }) => (file === null ? [] : [folderOf(file)]));
  return {
    rule,
    pulls: hits.length,
    atMerge: hits.filter(({ trend }) => blockedAtMerge(trend).some((finding) => finding.rule === rule))
      .length,
    folders: tally(hits.flatMap((hit) => [...new Set(foldersIn(hit))])),
    agents: tally(hits.flatMap(({ trend }) => agentsOf(trend))),
    authors: tally(hits.map(({ trend }) => trend.pull.author)),
    example: { sha: newest.trend.pull.end.id, subject: newest.trend.pull.title },
  };
}

/** The rules that failed pull requests, most first, by the levels that held at their bases. */
export function measureFailures(pulls: readonly TrendPull[]): Failure[] {
  const failed = pulls.map((trend) => ({ trend, findings: allBlocking(trend) }));
  const rules = [...new Set(failed.flatMap(({ findings }) => findings.map(({ rule }) => rule)))];
  return rules
    .flatMap((rule) => describe(rule, failed) ?? [])
    .sort((a, b) => b.pulls - a.pulls || (a.rule < b.rule ? -1 : 1));
}
