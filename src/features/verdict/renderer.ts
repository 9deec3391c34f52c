import type { GuardVerdict, LevelledFinding } from "../../vocabulary/finding.ts";
import { RULES, type RuleName } from "../../vocabulary/rules/index.ts";
import type { VerdictReport } from "./verdict.ts";

/** What is rendered: the whole verdict of a range, or the answer of one guard. */
export type Subject = VerdictReport | GuardVerdict;

export interface RenderOptions {
  /** Whether `text` may use colour. */
  colour: boolean;
  /** The version of Growth Engine, which SARIF names. */
  version: string;
}

/** One output format: pure, ends with a line end, escapes everything that the subject says. */
export type Renderer = (subject: Subject, options: RenderOptions) => string;

export function isWhole(subject: Subject): subject is VerdictReport {
  return "guards" in subject;
}

export function guardsOf(subject: Subject): readonly GuardVerdict[] {
  return isWhole(subject) ? subject.guards : [subject];
}

/** The command or edit that mends a finding: its own hint, else what the rule catalogue says. */
export function mendOf(finding: LevelledFinding): string {
  return finding.hint ?? RULES[finding.rule].mend;
}

/** `file:line:column`, as far as it is known; null when the finding is about no file. */
export function placeOf({ file, line, column }: LevelledFinding): string | null {
  if (file === undefined) return null;
  if (line === undefined) return file;
  return column === undefined ? `${file}:${line}` : `${file}:${line}:${column}`;
}

/** `3 findings: 2 block, 1 observe`. */
export function countsOf(findings: readonly LevelledFinding[]): string {
  if (findings.length === 0) return "no findings";
  const parts = (["block", "warn", "observe"] as const)
    .map((level) => ({ level, count: findings.filter((finding) => finding.level === level).length }))
    .filter(({ count }) => count > 0)
    .map(({ level, count }) => `${count} ${level}`);
  return `${findings.length} ${findings.length === 1 ? "finding" : "findings"}: ${parts.join(", ")}`;
}

/** The rules that spoke, each once, loudest first. */
export function rulesOf(findings: readonly LevelledFinding[]): RuleName[] {
  return [...new Set(findings.map(({ rule }) => rule))];
}
