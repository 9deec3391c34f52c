import { isConsultation } from "../../vocabulary/action.ts";
import type { Finding } from "../../vocabulary/finding.ts";
import { formatTimestamp, instantsOfDate } from "../../vocabulary/timestamp.ts";
import { checkLine, type LineFault } from "./check-line.ts";

/** Times may lie this far after the head commit: clocks differ. */
const SLACK_MS = 5 * 60_000;

/** What the lines of one file are held against. */
export interface LineRules {
  file: string;
  /** Null allows any. */
  tools: ReadonlySet<string> | null;
  /** Instants that some time zone puts on the date of the folder. */
  from: number;
  until: number;
  /** Entries are not dated after this. */
  latest: number;
}

export interface JudgedLine {
  findings: readonly Finding[];
  /** Has every required field, and a time that can be read. */
  valid: boolean;
  instant: number;
}

const NONE: readonly Finding[] = [];

/** @param head committer time of the head commit; null where no commit is judged */
export function lineRules(
  file: { path: string; date: string },
  tools: readonly string[],
  head: number | null,
): LineRules {
  return {
    file: file.path,
    tools: tools.length > 0 ? new Set(tools) : null,
    ...instantsOfDate(file.date),
    latest: head === null ? Number.POSITIVE_INFINITY : head + SLACK_MS,
  };
}

function shown(text: string): string {
  return JSON.stringify(text.slice(0, 80));
}

function faultFindings(faults: readonly LineFault[], file: string, line: number): Finding[] {
  const missing = faults.filter(({ rule }) => rule === "evidence/missing-field");
  const findings: Finding[] = [];
  if (missing.length > 0) {
    const message = missing.map(({ what }) => what).join("; ");
    findings.push({ rule: "evidence/missing-field", message, file, line });
  }
  for (const { rule, what } of faults) {
    if (rule === "evidence/bad-timestamp") findings.push({ rule, message: what, file, line });
  }
  return findings;
}

function furtherFindings(
  rules: LineRules,
  line: number,
  value: Readonly<Record<string, unknown>>,
  instant: number,
): Finding[] {
  const { file } = rules;
  const { tool } = value;
  const findings: Finding[] = [];
  if (instant > rules.latest) {
    const message = `the entry is dated ${formatTimestamp(instant)}, over 5 minutes after the head commit`;
    findings.push({ rule: "evidence/future", message, file, line });
  }
  if (instant < rules.from || instant >= rules.until) {
    const message = `the entry is dated ${formatTimestamp(instant)}, which no time zone puts on the date of its folder`;
    findings.push({ rule: "evidence/date-mismatch", message, file, line });
  }
  if (typeof tool === "string" && !mayTell(rules, value)) {
    const message = `the tool ${shown(tool)} is not in evidence.tools`;
    findings.push({ rule: "evidence/tool-not-allowed", message, file, line });
  }
  return findings;
}

/** Tools that may be consulted are listed; what else an agent used its recorders tell of all the same. */
function mayTell({ tools }: LineRules, value: Readonly<Record<string, unknown>>): boolean {
  return tools === null || tools.has(value.tool as string) || !isConsultation(value);
}

/** Holds one line against the rules that need no other line. */
export function judgeLine(
  value: Readonly<Record<string, unknown>>,
  line: number,
  rules: LineRules,
): JudgedLine {
  const { faults, instant } = checkLine(value);
  const clean =
    faults.length === 0 &&
    instant <= rules.latest &&
    instant >= rules.from &&
    instant < rules.until &&
    mayTell(rules, value);
  if (clean) return { findings: NONE, valid: true, instant };
  const findings = [
    ...faultFindings(faults, rules.file, line),
    ...furtherFindings(rules, line, value, instant),
  ];
  return { findings, valid: faults.length === 0, instant };
}
