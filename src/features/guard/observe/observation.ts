import type { GuardName } from "../../../vocabulary/finding.ts";
import type { Level } from "../../../vocabulary/level.ts";
import { RULE_NAMES, type RuleName } from "../../../vocabulary/rules/index.ts";
import type { Config } from "../../config/index.ts";
import { blockingOf } from "../history/past-judgement.ts";
import { countRules, type JudgedPull, type RuleCost } from "./count-rules.ts";
import { type Suggestion, suggestLevel } from "./suggest-level.ts";

/** A rule with its cost and what to do about it. */
export interface ObservedRule extends RuleCost {
  suggestion: Suggestion;
}

/** What the rules of today would have done to past pull requests. */
export interface Observation {
  /** Judged pull requests. */
  pulls: number;
  /** Those that the rules, at their levels of today, would have blocked. */
  blocked: number;
  byKind: { merge: number; squash: number; direct: number };
  /** Pull requests that a guard could not judge, and why. */
  errors: { sha: string; subject: string; reason: string }[];
  rules: ObservedRule[];
  /** Rules that never spoke: they cost nothing at any level. */
  silent: RuleName[];
  /** The levels to write into the config, where they differ from those of today. */
  proposed: Partial<Record<RuleName, Level>>;
}

function countKind(judged: readonly JudgedPull[], kind: JudgedPull["pull"]["kind"]): number {
  return judged.filter(({ pull }) => pull.kind === kind).length;
}

/** Of a guard that nobody asked, nothing is known. */
function isJudged(rule: RuleName, guards: readonly GuardName[]): boolean {
  return guards.includes("witness") || !/^(witness|run)\//.test(rule);
}

function isAbout(guards: readonly GuardName[], judged: JudgedPull): JudgedPull {
  const findings = judged.judgement.findings.filter(({ guard }) => guards.includes(guard));
  return { ...judged, judgement: { ...judged.judgement, findings } };
}

/** @param all oldest first */
export function observe(
  all: readonly JudgedPull[],
  config: Config,
  guards: readonly GuardName[],
): Observation {
  const judged = all.filter(({ judgement }) => judgement.error === null).map((each) => isAbout(guards, each));
  const rules = countRules(judged, config.rules).map((cost) => ({
    ...cost,
    suggestion: suggestLevel(cost, judged.length),
  }));
  const spoke = new Set(rules.map(({ rule }) => rule));
  const changed = rules.filter(({ level, suggestion }) => level !== suggestion.level);
  return {
    pulls: judged.length,
    blocked: judged.filter(({ judgement }) => blockingOf(judgement, config.rules).length > 0).length,
    byKind: {
      merge: countKind(judged, "merge"),
      squash: countKind(judged, "squash"),
      direct: countKind(judged, "direct"),
    },
    errors: all.flatMap(({ pull, judgement }) =>
      judgement.error === null ? [] : [{ sha: pull.end.id, subject: pull.title, reason: judgement.error }],
    ),
    rules,
    silent: RULE_NAMES.filter((rule) => !spoke.has(rule) && isJudged(rule, guards)),
    proposed: Object.fromEntries(changed.map(({ rule, suggestion }) => [rule, suggestion.level])),
  };
}
