import type { RuleName } from "../../../vocabulary/rules/index.ts";
import type { Config } from "../../config/index.ts";
import { blockingOf, type PastFinding } from "../history/past-judgement.ts";
import { percentile } from "./percentile.ts";
import { blockedAtMerge, keyOf, type TrendPull } from "./trend-pull.ts";

/** How often something became of a finding: findings, and the pull requests that had one. */
export interface Fate {
  findings: number;
  pulls: number;
}

/** Whether the guards do good. */
export interface Effect {
  /** Blocked at an earlier commit of a pull request, and not as it was merged. */
  corrected: Fate;
  /** Blocked as it was merged. */
  merged: Fate;
  /** Passed when it was merged, and found later: by the rules of today, or because its record was rewritten. */
  afterwards: Fate;
  byRule: { rule: RuleName; corrected: number; merged: number; afterwards: number }[];
}

/** Times from the first commit that failed to the first after it that passed. */
export interface Resolution {
  /** Pull requests that failed at first and passed in the end. */
  pulls: number;
  /** Milliseconds. */
  median: number | null;
  p95: number | null;
  /** Failed at some commit and still as they were merged. */
  unresolved: number;
  /** Pull requests of which more than one commit could be judged: of the others nothing is known. */
  known: number;
}

function own(findings: readonly PastFinding[]): PastFinding[] {
  return findings.filter(({ inherited }) => !inherited);
}

function corrected(trend: TrendPull): Map<string, RuleName> {
  const merged = new Set(blockedAtMerge(trend).map(keyOf));
  const found = new Map<string, RuleName>();
  for (const { judgement } of trend.grown.slice(0, -1)) {
    for (const finding of own(blockingOf(judgement, trend.rules)))
      if (!merged.has(keyOf(finding))) found.set(keyOf(finding), finding.rule);
  }
  return found;
}

function mergedAnyway(trend: TrendPull): Map<string, RuleName> {
  return new Map(own(blockedAtMerge(trend)).map((finding) => [keyOf(finding), finding.rule]));
}

const REWRITTEN: readonly RuleName[] = ["evidence/rewritten", "heartbeat/rewritten"];

/** For each file: the later pull requests' findings that it was rewritten. */
function rewrittenLater(trend: TrendPull, later: readonly TrendPull[]): [string, RuleName][] {
  return later.flatMap(({ today }) =>
    today.findings
      .filter(({ rule, file }) => REWRITTEN.includes(rule) && file !== null && trend.paths.includes(file))
      .map((finding): [string, RuleName] => [keyOf(finding), finding.rule]),
  );
}

function foundAfterwards(
  trend: TrendPull,
  later: readonly TrendPull[],
  rules: Config["rules"],
): Map<string, RuleName> {
  const then = new Set(blockedAtMerge(trend).map(keyOf));
  const today = own(blockingOf(trend.today, rules)).map((finding): [string, RuleName] => [
    keyOf(finding),
    finding.rule,
  ]);
  const found = [...today, ...rewrittenLater(trend, later)].filter(([key]) => !then.has(key));
  return new Map(found);
}

function fateOf(each: readonly ReadonlyMap<string, RuleName>[]): Fate {
  return {
    findings: each.reduce((sum, found) => sum + found.size, 0),
    pulls: each.filter((found) => found.size > 0).length,
  };
}

/**
 * What became of findings that the pull requests brought themselves.
 * @param pulls oldest first
 * @param rules the levels of today
 */
export function measureEffect(pulls: readonly TrendPull[], rules: Config["rules"]): Effect {
  const rewriting = pulls.map((trend, index) => ({ trend, index })).filter(({ trend }) => hasRewrites(trend));
  const fates = {
    corrected: pulls.map(corrected),
    merged: pulls.map(mergedAnyway),
    afterwards: pulls.map((trend, at) => {
      const later = rewriting.filter(({ index }) => index > at).map((each) => each.trend);
      return foundAfterwards(trend, later, rules);
    }),
  };
  const count = (fate: keyof typeof fates, rule: RuleName) =>
    fates[fate].reduce((sum, found) => sum + [...found.values()].filter((each) => each === rule).length, 0);
  const all = Object.values(fates).flatMap((each) => each.flatMap((found) => [...found.values()]));
  const byRule = [...new Set(all)].map((rule) => ({
    rule,
    corrected: count("corrected", rule),
    merged: count("merged", rule),
    afterwards: count("afterwards", rule),
  }));
  const sum = (each: (typeof byRule)[number]) => each.corrected + each.merged + each.afterwards;
  return {
    corrected: fateOf(fates.corrected),
    merged: fateOf(fates.merged),
    afterwards: fateOf(fates.afterwards),
    byRule: byRule.sort((a, b) => sum(b) - sum(a) || (a.rule < b.rule ? -1 : 1)),
  };
}

function hasRewrites({ today }: TrendPull): boolean {
  return today.findings.some(({ rule }) => REWRITTEN.includes(rule));
}

/** From the first failing commit to the first passing one after it; null where it never failed or never passed. */
function resolutionOf({ grown, rules }: TrendPull): number | null {
  const passes = grown.map(({ judgement }) => blockingOf(judgement, rules).length === 0);
  const failed = passes.indexOf(false);
  const passed = failed < 0 ? -1 : passes.indexOf(true, failed);
  const [from, to] = [grown[failed], grown[passed]];
  return from === undefined || to === undefined ? null : Math.max(0, to.time - from.time);
}

export function measureResolution(pulls: readonly TrendPull[]): Resolution {
  const times = pulls.flatMap((trend) => resolutionOf(trend) ?? []);
  return {
    pulls: times.length,
    median: percentile(times, 0.5),
    p95: percentile(times, 0.95),
    unresolved: pulls.filter((trend) => blockedAtMerge(trend).length > 0).length,
    known: pulls.filter(({ grown }) => grown.length > 1).length,
  };
}
