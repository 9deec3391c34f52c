import { GUARDS, type GuardName, type GuardVerdict } from "../../../vocabulary/finding.ts";
import type { Level } from "../../../vocabulary/level.ts";
import { RULE_NAMES, RULES, type RuleName } from "../../../vocabulary/rules/index.ts";
import type { Violation } from "../../ban/index.ts";
import type { Config } from "../../config/index.ts";

/** A finding of a past pull request, without the level that it has only under some config. */
export interface PastFinding {
  guard: GuardName;
  rule: RuleName;
  message: string;
  file: string | null;
  line: number | null;
  /** Whether it blocks where its rule does: what may be innocent only warns. */
  mayBlock: boolean;
  /** It stood on the branch before. */
  inherited: boolean;
}

/** A place where the head of a past pull request met a banned package. */
export interface PastViolation extends Violation {
  inherited: boolean;
}

/** What the guards say of a past pull request, whatever the levels of their rules. Plain JSON. */
export interface PastJudgement {
  /** Guards that had something to judge. */
  applied: GuardName[];
  /** Why a guard could not tell; null where all could. */
  error: string | null;
  findings: PastFinding[];
  /** Findings beyond those that are kept. */
  omitted: number;
  violations: PastViolation[];
  /** Agents whose record folders the range touched, sorted. */
  agents: string[];
  /** Code files that the range changed, and those of them with evidence. */
  coverage: { changed: number; covered: number };
}

/** Findings that are kept of one pull request: a report over hundreds of them needs no more. */
const MOST_FINDINGS = 500;
const LONGEST_MESSAGE = 300;

/** The config with every rule at `block`: the grades then say what could block, and the levels are given later. */
export function strict(config: Config): Config {
  const rules = Object.fromEntries(RULE_NAMES.map((rule) => [rule, "block"]));
  return { ...config, rules };
}

/** @param inherited says whether a finding of the ban stood at the base already */
export function toPastFindings(
  guards: readonly GuardVerdict[],
  inherited: (finding: { rule: RuleName; file?: string; message: string }) => boolean,
): Pick<PastJudgement, "applied" | "error" | "findings" | "omitted"> {
  const findings = guards.flatMap(({ guard, findings: found }) =>
    found.map(
      (finding): PastFinding => ({
        guard,
        rule: finding.rule,
        message: finding.message.slice(0, LONGEST_MESSAGE),
        file: finding.file ?? null,
        line: finding.line ?? null,
        mayBlock: finding.level === "block",
        inherited: inherited(finding),
      }),
    ),
  );
  return {
    applied: GUARDS.filter((name) =>
      guards.some(({ guard, verdict }) => guard === name && (verdict === "pass" || verdict === "fail")),
    ),
    error: guards.find(({ verdict }) => verdict === "error")?.summary ?? null,
    findings: findings.slice(0, MOST_FINDINGS),
    omitted: Math.max(0, findings.length - MOST_FINDINGS),
  };
}

/** The level of a rule under a config. */
export function levelOf(rule: RuleName, rules: Config["rules"]): Level {
  return rules[rule] ?? RULES[rule].level;
}

/** The findings that fail a guard under these rules. */
export function blockingOf(judgement: PastJudgement, rules: Config["rules"]): PastFinding[] {
  return judgement.findings.filter(({ rule, mayBlock }) => mayBlock && levelOf(rule, rules) === "block");
}
