import { type CommandContext, paintFor, printable } from "../../platform/terminal/index.ts";
import { REDACTIONS_FILE, shellWord } from "../record/index.ts";
import { HISTORY_ADVICE, rotationAdvice } from "./rotation-advice.ts";

/** What a redaction did, or would do. Nothing of the line but names of its fields. */
export interface RedactedReport {
  file: string;
  line: number;
  /** The file to commit: the archive, where the record lies in one. */
  stored: string;
  /** Of the line that was taken out. */
  sha256: string;
  /** Fields that stand in its tombstone. */
  kept: string[];
  /** Words of the rules that found a secret in it, and the fields they found it in. */
  kinds: string[];
  fields: string[];
  reason: string;
  approver: string;
  /** An earlier run, or a line of the same bytes, put the redaction on record. */
  wasOnRecord: boolean;
  /** Other lines of the file with the same bytes. */
  alike: number[];
  dryRun: boolean;
}

function oneLine(text: string): string {
  return printable(text).replaceAll(/[\t\n]/g, " ");
}

function renderDone(report: RedactedReport, colour: boolean): string {
  const { file, line, stored, sha256, kept, reason, approver, wasOnRecord, dryRun } = report;
  const paint = paintFor(colour);
  const done = dryRun ? "would redact" : paint("green", "redacted");
  const where = stored === file ? "" : ` in ${stored}`;
  const record = wasOnRecord
    ? "was on record there already, and stays as it was"
    : `${dryRun ? "would go" : "is"} on record there: ${oneLine(reason)} (approved by ${oneLine(approver)})`;
  return [
    `${done} line ${line} of ${printable(file)}${where}`,
    `  stays in its place: its SHA-256 ${sha256.slice(0, 12)}…${kept.map((name) => `, ${name}`).join("")}`,
    `  ${REDACTIONS_FILE}: the redaction ${record}`,
  ].join("\n");
}

function renderAlike({ file, alike }: RedactedReport): string {
  if (alike.length === 0) return "";
  const words = alike.map((line) => `${shellWord(printable(file))}:${line}`).join(", ");
  return `\n  the same line stands also at ${words}: redact it too`;
}

/** What was done, and what is left to be done by people. */
export function renderRedacted(report: RedactedReport, { colour }: Pick<CommandContext, "colour">): string {
  const { kinds, fields, stored, dryRun } = report;
  const found = fields.length > 0 ? ` (${kinds.join(", ")} in ${printable(fields.join(", "))})` : "";
  const steps = [
    `1. revoke the secret${found}: it is known, whatever is done to files`,
    ...rotationAdvice(kinds).map((advice) => `   ${printable(advice)}`),
    "2. at the top of the repository, commit both together, so that the guard sees a redaction and no rewrite",
    `   git add -f -- ${REDACTIONS_FILE} ${shellWord(printable(stored))}`,
    '   git commit -m "Redact a leaked secret"',
    "3. once that is merged, take the secret out of the history, if you must (it gives every later commit a new id)",
    ...HISTORY_ADVICE.map((advice) => `   ${advice}`),
  ];
  const todo = dryRun ? "\n\nnothing was written\n" : `\n\nleft to do, by people:\n${steps.join("\n")}\n`;
  return `${renderDone(report, colour)}${renderAlike(report)}${todo}`;
}
