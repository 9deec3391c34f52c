import type { Level, SpokenLevel } from "./level.ts";
import { RULES, type RuleName } from "./rules/index.ts";

/** What a judge saw: a rule that does not hold, where, and the command or edit that mends it. */
export interface Finding {
  rule: RuleName;
  message: string;
  /** Path in the repository, with `/`. */
  file?: string;
  /** Counted from 1. */
  line?: number;
  /** Counted from 1, in characters. */
  column?: number;
  hint?: string;
  /** `file:line` of each importing statement, then the bare package name. */
  chain?: string[];
  /** At most this loud, whatever the config says: what was seen may be innocent. */
  ceiling?: "warn";
}

/** A finding with the loudness that the repository's config gives its rule, and what mends it. */
export interface LevelledFinding extends Omit<Finding, "ceiling"> {
  level: SpokenLevel;
}

/** Every guard there is, in the order in which they answer. */
export const GUARDS = ["guard-mcp", "idle-guard", "dev-mcp-ban", "witness"] as const;
/** Those that are part of `all` whatever the config says (contract §3). */
export const COMMON_GUARDS = ["guard-mcp", "idle-guard", "dev-mcp-ban"] as const;
/** A guard of the repository half. */
export type GuardName = (typeof GUARDS)[number];
/** The answer of one guard: could not tell is `error`, never a pass. */
export type Verdict = "pass" | "fail" | "not-applicable" | "error";

/** The answer of one guard, as `growth-engine/verdict@1` carries it. */
export interface GuardVerdict {
  guard: GuardName;
  verdict: Verdict;
  /** One sentence. */
  summary: string;
  findings: LevelledFinding[];
}

const LOUDNESS: Record<SpokenLevel, number> = { block: 0, warn: 1, observe: 2 };

function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

function compareFindings(a: LevelledFinding, b: LevelledFinding): number {
  return (
    LOUDNESS[a.level] - LOUDNESS[b.level] ||
    compareText(a.file ?? "", b.file ?? "") ||
    (a.line ?? 0) - (b.line ?? 0) ||
    (a.column ?? 0) - (b.column ?? 0) ||
    compareText(a.rule, b.rule) ||
    compareText(a.message, b.message) ||
    compareText(JSON.stringify([a.hint, a.chain]), JSON.stringify([b.hint, b.chain]))
  );
}

/**
 * Gives each finding its level (from `levels`, else the rule's default) and, where it has no hint, the
 * catalogue's, so that every format carries one; drops what is `off`
 * and sorts loudest first, then by place, so that the same facts print the same report.
 */
export function gradeFindings(
  findings: readonly Finding[],
  levels: Partial<Record<RuleName, Level>> = {},
): LevelledFinding[] {
  const graded: LevelledFinding[] = [];
  for (const { rule, ceiling, ...rest } of findings) {
    const given = levels[rule] ?? RULES[rule].level;
    const level = given === "block" && ceiling !== undefined ? ceiling : given;
    if (level !== "off") graded.push({ rule, level, ...rest, hint: rest.hint ?? RULES[rule].mend });
  }
  return graded.sort(compareFindings);
}

/** `fail` when anything blocks, else `pass`. */
export function verdictOf(findings: readonly LevelledFinding[]): "pass" | "fail" {
  return findings.some((finding) => finding.level === "block") ? "fail" : "pass";
}
