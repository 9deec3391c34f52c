import { type Paint, printable, shorten } from "../../../platform/terminal/index.ts";
import type { Tally } from "./count-rules.ts";
import type { Observation, ObservedRule } from "./observation.ts";

/** From here on the reason stands beside the level, not below it. */
const WIDE = 118;
const MOST_NAMED = 3;
const SHA = 7;

interface Look {
  paint: Paint;
  columns: number;
}

/** Foreign text on one line. */
export function line(text: string): string {
  return printable(text).replace(/\s+/g, " ").trim();
}

export function percent(part: number, whole: number): string {
  if (whole === 0) return "–";
  const share = (part * 100) / whole;
  if (part > 0 && share < 1) return "<1 %";
  return `${part < whole ? Math.min(99, Math.round(share)) : 100} %`;
}

export function plural(count: number, one: string, many = `${one}s`): string {
  return `${count} ${count === 1 ? one : many}`;
}

/** The most frequent names: `app 200, src/lib 100, 4 more`. */
export function named(what: readonly Tally[]): string {
  const rest = what.length - MOST_NAMED;
  const most = what.slice(0, MOST_NAMED).map(({ name, count }) => `${line(name)} ${count}`);
  return `${most.join(", ")}${rest > 0 ? `, ${rest} more` : ""}`;
}

const STYLE = { block: "red", warn: "yellow", observe: "cyan", off: "dim" } as const;

interface Widths {
  rule: number;
  cost: number;
}

function costOf({ pulls }: ObservedRule, total: number): string {
  return `${pulls} of ${total}`;
}

function ruleLine(observed: ObservedRule, total: number, widths: Widths, { paint, columns }: Look): string {
  const { rule, level, pulls, suggestion } = observed;
  const suggested = suggestion.level === level ? `keep ${level}` : `→ ${suggestion.level}`;
  const cells = [
    paint("bold", rule.padEnd(widths.rule)),
    paint(STYLE[level], level.padEnd(7)),
    costOf(observed, total).padStart(widths.cost),
    percent(pulls, total).padStart(5),
    paint(STYLE[suggestion.level], suggested.padEnd(12)),
  ];
  const used = widths.rule + 7 + widths.cost + 5 + 12 + 10;
  return `${cells.join("  ")}${columns >= WIDE ? `  ${shorten(suggestion.why, columns - used)}` : ""}`.trimEnd();
}

function detailLines(
  { pulls, own, findings, example, authors, folders, suggestion }: ObservedRule,
  { paint, columns }: Look,
): string[] {
  const inherited = pulls - own;
  const where = [
    plural(findings, "finding"),
    ...(inherited > 0 ? [`${inherited} only for what the branch held before`] : []),
    ...(folders.length > 0 ? [named(folders)] : []),
    ...(authors.length > 0 ? [named(authors)] : []),
  ].join(" · ");
  const details = [
    ...(columns < WIDE ? [`why  ${suggestion.why}`] : []),
    ...(example === null ? [] : [`e.g. ${example.sha.slice(0, SHA)} ${line(example.subject)}`]),
    where,
  ];
  return details.map((detail) => paint("dim", shorten(`    ${detail}`, columns)));
}

/** The decision table: a rule, its level, what it would cost, and what to do. */
function ruleTable({ rules, pulls }: Observation, look: Look): string[] {
  const widths = {
    rule: Math.max(4, ...rules.map(({ rule }) => rule.length)),
    cost: Math.max(11, ...rules.map((rule) => costOf(rule, pulls).length)),
  };
  const head = `${"rule".padEnd(widths.rule)}  level    ${"would block".padStart(widths.cost)}  share  suggestion`;
  return [
    look.paint("dim", head),
    ...rules.flatMap((rule) => [ruleLine(rule, pulls, widths, look), ...detailLines(rule, look)]),
  ];
}

function proposal({ proposed }: Observation): string[] {
  const rules = Object.entries(proposed);
  if (rules.length === 0) return ["The levels of today need no change."];
  const rows = rules.map(
    ([rule, level], index) => `    "${rule}": "${level}"${index < rules.length - 1 ? "," : ""}`,
  );
  return ["To follow it, in growth-engine.json of the default branch:", '  "rules": {', ...rows, "  }"];
}

function errorLines({ errors }: Observation, { paint, columns }: Look): string[] {
  if (errors.length === 0) return [];
  const [first] = errors;
  const said = `${plural(errors.length, "pull request")} could not be judged; e.g. ${first?.sha.slice(0, SHA)}: ${line(first?.reason ?? "")}`;
  return [paint("magenta", shorten(said, columns)), ""];
}

/** What past pull requests would have met, for people. */
export function renderObservation(observation: Observation, look: Look): string[] {
  const { pulls, blocked, byKind, rules, silent } = observation;
  const kinds = `${byKind.merge} merged, ${byKind.squash} squashed, ${plural(byKind.direct, "direct push", "direct pushes")}`;
  const head = `${plural(pulls, "past pull request")} judged: ${blocked} would have been blocked (${percent(blocked, pulls)})`;
  return [
    look.paint("bold", head),
    look.paint("dim", kinds),
    "",
    ...errorLines(observation, look),
    ...(rules.length === 0 ? ["No rule spoke."] : ruleTable(observation, look)),
    "",
    look.paint(
      "dim",
      `${plural(silent.length, "rule")} never spoke; texts of pull requests are not in git, so not judged`,
    ),
    "",
    ...proposal(observation),
    "",
  ];
}
