import { type Paint, paintFor, printable } from "../../platform/terminal/index.ts";
import type { GuardVerdict, LevelledFinding, Verdict } from "../../vocabulary/finding.ts";
import type { SpokenLevel } from "../../vocabulary/level.ts";
import { pageOf } from "../../vocabulary/rules/index.ts";
import { defused } from "./defused.ts";
import { countsOf, guardsOf, isWhole, mendOf, placeOf, type Renderer, rulesOf } from "./renderer.ts";
import { uncountedOf } from "./uncounted.ts";
import type { VerdictReport } from "./verdict.ts";

type Style = Parameters<Paint>[0];

/** Further pages are named by `guard explain <rule>`. */
const MOST_PAGES = 3;

interface Look {
  sign: string;
  word: string;
  style: Style;
}

/** Sign and word say it without colour. */
const VERDICT_LOOK: Record<Verdict, Look> = {
  pass: { sign: "✔", word: "pass", style: "green" },
  fail: { sign: "✖", word: "fail", style: "red" },
  error: { sign: "!", word: "error", style: "magenta" },
  "not-applicable": { sign: "○", word: "not applicable", style: "gray" },
};

const LEVEL_LOOK: Record<SpokenLevel, Look> = {
  block: { sign: "✖", word: "block", style: "red" },
  warn: { sign: "▲", word: "warn", style: "yellow" },
  observe: { sign: "•", word: "observe", style: "cyan" },
};

function painted(paint: Paint, { sign, word, style }: Look, width = 0): string {
  return paint(style, `${sign} ${word}`) + " ".repeat(Math.max(0, width - word.length));
}

/** A revision that could not be found stands whole, since nobody would know what half a branch name means. */
function shortSha(revision: string): string {
  return defused(/^[0-9a-f]{40,64}$/.test(revision) ? revision.slice(0, 10) : revision);
}

function rangeOf({ base, head, rules }: VerdictReport): string {
  const against = base === null ? "" : ` against ${shortSha(base)}`;
  return `${shortSha(head)}${against}${rules === null ? "" : `, rules of ${shortSha(rules)}`}`;
}

function headLines(report: VerdictReport, paint: Paint): string[] {
  const lines = [`${painted(paint, VERDICT_LOOK[report.verdict])}  ${paint("dim", rangeOf(report))}`];
  if (report.overridden) {
    const { by, reason, until, head } = report.overridden;
    const who = `overridden by ${defused(by)} until ${defused(until)} for ${shortSha(head)}`;
    lines.push(`${paint("yellow", who)}: ${defused(reason)}`);
  }
  return [...lines, ...uncountedOf(report).map((said) => paint("yellow", defused(said))), ""];
}

function guardLines(guards: readonly GuardVerdict[], paint: Paint): string[] {
  const nameWidth = Math.max(0, ...guards.map(({ guard }) => guard.length));
  const wordWidth = Math.max(0, ...guards.map(({ verdict }) => VERDICT_LOOK[verdict].word.length));
  return guards.map(({ guard, verdict, summary }) => {
    const look = painted(paint, VERDICT_LOOK[verdict], wordWidth);
    return `${look}  ${paint("bold", defused(guard).padEnd(nameWidth))}  ${defused(summary)}`;
  });
}

/** Each line of a text apart: a line end in foreign text must not begin a line of the report. */
function linesOf(text: string): string[] {
  return printable(text.replaceAll("\r\n", "\n")).split("\n").map(defused);
}

function chainLines(chain: readonly string[]): string[] {
  return chain.map((step, depth) => (depth === 0 ? "" : `${"   ".repeat(depth - 1)}└─ `) + defused(step));
}

function headLine(finding: LevelledFinding, paint: Paint): string {
  const place = placeOf(finding);
  const look = painted(paint, LEVEL_LOOK[finding.level], "observe".length);
  return `  ${look}  ${paint("bold", finding.rule)}${place === null ? "" : `  ${defused(place)}`}`;
}

function bodyLines(finding: LevelledFinding, showMend: boolean, paint: Paint): string[] {
  const mend = showMend ? linesOf(`mend: ${mendOf(finding)}`).map((line) => paint("dim", line)) : [];
  const body = [...linesOf(finding.message), ...chainLines(finding.chain ?? []), ...mend];
  return body.map((line) => `    ${paint("dim", "│")} ${line}`);
}

/** What findings in several files have in common when they say the same; a chain is always its own. */
function sayingOf({ rule, level, message, chain, file }: LevelledFinding): string {
  return JSON.stringify(chain ? [rule, level, message, chain, file] : [rule, level, message]);
}

/** One group says the same of several files, or says all about one file. */
function groupFindings(findings: readonly LevelledFinding[]): LevelledFinding[][] {
  const sayings = new Map<string, number>();
  for (const finding of findings) sayings.set(sayingOf(finding), (sayings.get(sayingOf(finding)) ?? 0) + 1);
  const groups = new Map<string, LevelledFinding[]>();
  for (const finding of findings) {
    const saying = sayingOf(finding);
    const key = (sayings.get(saying) ?? 0) > 1 ? saying : `file ${finding.file}`;
    const group = groups.get(key);
    if (group) group.push(finding);
    else groups.set(key, [finding]);
  }
  return [...groups.values()];
}

/** Of neighbours that say the same or are mended alike, the last one says it. */
function groupLines(group: readonly LevelledFinding[], paint: Paint): string[] {
  return group.flatMap((finding, index) => {
    const next = group[index + 1];
    const head = headLine(finding, paint);
    if (next && sayingOf(next) === sayingOf(finding) && mendOf(next) === mendOf(finding)) return [head];
    return [head, ...bodyLines(finding, next === undefined || mendOf(next) !== mendOf(finding), paint)];
  });
}

function findingSection({ guard, findings }: GuardVerdict, paint: Paint): string[] {
  if (findings.length === 0) return [];
  const groups = groupFindings(findings).flatMap((group) => ["", ...groupLines(group, paint)]);
  return ["", paint("bold", defused(guard)), ...groups];
}

/** One line that leads from the rules that spoke to their pages. */
function pageLines(findings: readonly LevelledFinding[], paint: Paint): string[] {
  const rules = rulesOf(findings);
  const [first, ...others] = rules.slice(0, MOST_PAGES).map(pageOf);
  if (first === undefined) return [];
  const files = others.map((page) => page.slice(page.lastIndexOf("/") + 1));
  const rest = rules.length > MOST_PAGES ? `, ${rules.length - MOST_PAGES} more` : "";
  return [paint("dim", `pages: ${[first, ...files].join(", ")}${rest}`)];
}

/** A guard that could not tell has found nothing, which is no news of "no findings". */
function countLines(guards: readonly GuardVerdict[], paint: Paint): string[] {
  const findings = guards.flatMap((guard) => guard.findings);
  if (findings.length === 0 && guards.some(({ verdict }) => verdict === "error")) return [];
  return ["", paint("dim", countsOf(findings)), ...pageLines(findings, paint)];
}

/** The verdict for people at a terminal. */
export const renderText: Renderer = (subject, { colour }) => {
  const paint = paintFor(colour);
  const guards = guardsOf(subject);
  return [
    ...(isWhole(subject) ? headLines(subject, paint) : []),
    ...guardLines(guards, paint),
    ...guards.flatMap((guard) => findingSection(guard, paint)),
    ...countLines(guards, paint),
    "",
  ].join("\n");
};
