import { printable } from "../../platform/terminal/index.ts";
import type { GuardVerdict, LevelledFinding, Verdict } from "../../vocabulary/finding.ts";
import type { SpokenLevel } from "../../vocabulary/level.ts";
import { PAGES_ADDRESS, pageOf, type RuleName } from "../../vocabulary/rules/index.ts";
import { countsOf, guardsOf, isWhole, mendOf, placeOf, type Renderer, rulesOf } from "./renderer.ts";
import { uncountedOf } from "./uncounted.ts";
import type { Override, VerdictReport } from "./verdict.ts";

/** GitHub refuses a job summary over 1 MiB; the rest is left for the other parts and other writers. */
const MAX_FINDINGS_BYTES = 800 * 1024;

const VERDICT_SIGN: Record<Verdict, string> = {
  pass: "✅ pass",
  fail: "❌ fail",
  error: "⚠️ error",
  "not-applicable": "➖ not applicable",
};

const LEVEL_SIGN: Record<SpokenLevel, string> = { block: "❌", warn: "⚠️", observe: "ℹ️" };

function oneLine(text: string): string {
  return printable(text).replace(/\s+/g, " ").trim();
}

function entity(character: string): string {
  return `&#${character.charCodeAt(0)};`;
}

/**
 * One line of foreign text as text: characters of Markdown and HTML become entities, which never form structure, and
 * a zero-width space parts what GitHub would turn into a mention, a reference or a link after parsing.
 */
function escapeLine(line: string): string {
  return line
    .replace(/[\\`*_[\]<>&|~$!#]/g, entity)
    .replace(/@|&#35;(?=\d)|gh-(?=\d)|\/(?=\/)|(?:mailto|xmpp):|www(?=\.)/gi, "$&&#8203;");
}

/** Foreign text as one line of Markdown text, without structure, mentions or links. */
export function escapeText(text: string): string {
  return escapeLine(oneLine(text));
}

/** A code span whose fence is longer than any run of backticks inside. GitHub links nothing in code. */
function codeSpan(text: string): string {
  const content = oneLine(text);
  if (content === "") return "";
  const longest = Math.max(0, ...(content.match(/`+/g) ?? []).map((run) => run.length));
  const fence = "`".repeat(longest + 1);
  const padding = content.startsWith("`") || content.endsWith("`") ? " " : "";
  return `${fence}${padding}${content}${padding}${fence}`;
}

/** Sentences in which `code` is code, and the rest is text. */
function prose(text: string): string {
  return oneLine(text)
    .split(/`([^`]+)`/)
    .map((part, index) => (index % 2 === 1 ? codeSpan(part) : escapeLine(part)))
    .join("");
}

/** A link to the page of a rule where pages are served. */
function ruleName(rule: RuleName): string {
  return PAGES_ADDRESS === null ? codeSpan(rule) : `[${codeSpan(rule)}](${PAGES_ADDRESS}${pageOf(rule)})`;
}

/** Else the pages are named by their place in the package, once for each rule that spoke. */
function pagesNote(guards: readonly GuardVerdict[]): string[] {
  const rules = PAGES_ADDRESS === null ? rulesOf(guards.flatMap(({ findings }) => findings)) : [];
  return rules.length === 0 ? [] : [`Pages of the rules: ${rules.map(pageOf).map(codeSpan).join(", ")}.`];
}

function findingItem(finding: LevelledFinding): string {
  const place = placeOf(finding);
  const at = place === null ? "" : ` ${codeSpan(place)}`;
  const chain = finding.chain ? [`  - chain: ${finding.chain.map(codeSpan).join(" → ")}`] : [];
  return [
    `- ${LEVEL_SIGN[finding.level]} **${finding.level}** ${ruleName(finding.rule)}${at}: ${prose(finding.message)}`,
    ...chain,
    `  - mend: ${prose(mendOf(finding))}`,
  ].join("\n");
}

/** As many items as fit; a very long one makes room for those after it. */
function fitting(items: readonly string[], budget: number): string[] {
  let left = budget;
  return items.filter((item) => {
    const size = Buffer.byteLength(item) + 1;
    if (size > left) return false;
    left -= size;
    return true;
  });
}

/** Its own blocks stand between blank lines, so that the Markdown inside is read as Markdown. */
function details(guard: GuardVerdict, budget: number): string {
  const { findings, verdict } = guard;
  const items = fitting(findings.map(findingItem), budget);
  const omitted = findings.length - items.length;
  const open = verdict === "fail" || verdict === "error" ? " open" : "";
  return [
    `<details${open}><summary>${escapeText(guard.guard)}: ${countsOf(findings)}</summary>`,
    ...(items.length > 0 ? [items.join("\n")] : []),
    ...(omitted > 0 ? [`${omitted} more did not fit here; \`--format json\` holds all.`] : []),
    "</details>",
  ].join("\n\n");
}

function overrideNote({ by, reason, until, head }: Override): string {
  const who = `Overridden by **${escapeText(by)}** until ${escapeText(until)} for ${codeSpan(head)}`;
  return `${who}: ${escapeText(reason)}`;
}

function heading(subject: VerdictReport | GuardVerdict): string {
  return `## ${VERDICT_SIGN[subject.verdict]}: Growth Engine`;
}

function range({ base, head, rules }: VerdictReport): string {
  const against = base === null ? "" : ` against ${codeSpan(base)}`;
  return `Head ${codeSpan(head)}${against}${rules === null ? "" : `, rules of ${codeSpan(rules)}`}.`;
}

function table(guards: readonly GuardVerdict[]): string {
  const rows = guards.map(
    ({ guard, verdict, summary }) =>
      `| ${escapeText(guard)} | ${VERDICT_SIGN[verdict]} | ${escapeText(summary)} |`,
  );
  return ["| guard | verdict | summary |", "| --- | --- | --- |", ...rows].join("\n");
}

/** A job summary, or a comment, for people on a forge. */
export const renderMarkdown: Renderer = (subject) => {
  const guards = guardsOf(subject);
  const speaking = guards.filter(({ findings }) => findings.length > 0);
  const uncounted = uncountedOf(subject);
  const blocks = [
    heading(subject),
    ...(isWhole(subject) && subject.overridden ? [overrideNote(subject.overridden)] : []),
    ...(uncounted.length > 0 ? [uncounted.map((said) => `- ${escapeText(said)}`).join("\n")] : []),
    table(guards),
    ...speaking.map((guard) => details(guard, MAX_FINDINGS_BYTES / speaking.length)),
    ...pagesNote(speaking),
    ...(isWhole(subject) ? [range(subject)] : []),
  ];
  return `${blocks.join("\n\n")}\n`;
};
