import { type Paint, renderTable, shorten, sparkline } from "../../../platform/terminal/index.ts";
import { formatDuration } from "../../../vocabulary/duration.ts";
import { COMMON_GUARDS, GUARDS, type GuardName } from "../../../vocabulary/finding.ts";
import { line, named, percent, plural } from "../observe/render-observation.ts";
import type { Rate, Week } from "./measure-compliance.ts";
import type { Failure } from "./measure-failures.ts";
import type { CommandTimes } from "./measure-runs.ts";
import type { Trend } from "./trend.ts";

export interface Look {
  paint: Paint;
  columns: number;
}

const LABEL = 18;
const NUMBERS = 22;
const MOST_FAILURES = 8;
const MOST_STANDING = 5;
const MOST_MARKS = 3;
const SHA = 7;

function rate({ passed, judged }: Rate): string {
  return `${percent(passed, judged).padStart(5)}  ${passed} of ${judged}`;
}

function shareOf({ passed, judged }: Rate): number | null {
  return judged === 0 ? null : passed / judged;
}

/** The newest weeks that fit beside the numbers. */
function newest<Each>(weeks: readonly Each[], columns: number): readonly Each[] {
  return weeks.slice(-Math.max(8, Math.min(104, columns - LABEL - NUMBERS - 4)));
}

function row(label: string, numbers: string, line: string): string {
  return `${label.padEnd(LABEL)}  ${numbers.padEnd(NUMBERS)}  ${line}`.trimEnd();
}

/** A guard that a repository never asked for has no row. */
function isShown(guard: GuardName, { byGuard }: Trend["compliance"]): boolean {
  return byGuard[guard].judged > 0 || COMMON_GUARDS.some((common) => common === guard);
}

function complianceLines({ compliance }: Trend, { paint, columns }: Look): string[] {
  const weeks = newest(compliance.weeks, columns);
  const covered = compliance.weeks.reduce((sum, { coverage }) => sum + coverage.covered, 0);
  const changed = compliance.weeks.reduce((sum, { coverage }) => sum + coverage.changed, 0);
  const coverage = weeks.map((week) =>
    week.coverage.changed === 0 ? null : week.coverage.covered / week.coverage.changed,
  );
  return [
    paint("bold", `Passed as merged, by the rules of their time`) +
      paint("dim", `   by week, ${weeks[0]?.week ?? ""} to ${weeks.at(-1)?.week ?? ""}`),
    row("all guards", rate(compliance), sparkline(weeks.map(shareOf))),
    ...GUARDS.filter((guard) => isShown(guard, compliance)).map((guard) =>
      row(guard, rate(compliance.byGuard[guard]), ""),
    ),
    row(
      "code with evidence",
      `${percent(covered, changed).padStart(5)}  ${covered} of ${changed}`,
      sparkline(coverage),
    ),
    ...markLines(compliance.weeks, columns).map((mark) => paint("dim", mark)),
    "",
  ];
}

function markLines(weeks: readonly Week[], columns: number): string[] {
  const marks = weeks.flatMap(({ week, configChanges }) =>
    configChanges.map(
      ({ sha, subject }) => `rules changed in the week of ${week}: ${sha.slice(0, SHA)} ${line(subject)}`,
    ),
  );
  const rest = marks.length - MOST_MARKS;
  return [
    ...marks.slice(-MOST_MARKS).map((mark) => shorten(mark, columns)),
    ...(rest > 0 ? [`and ${rest} times before`] : []),
  ];
}

function failureLines(
  { rule, pulls, atMerge, folders, agents, example }: Failure,
  { paint, columns }: Look,
): string[] {
  const places = [folders.length > 0 ? named(folders) : "", named(agents)].filter(Boolean).join(" · ");
  const detail = `    e.g. ${example.sha.slice(0, SHA)} ${line(example.subject)}`;
  return [
    `  ${paint("bold", rule)}  ${plural(pulls, "pull request")}, ${atMerge} of them merged so`,
    paint("dim", shorten(detail, columns)),
    paint("dim", shorten(`    ${places}`, columns)),
  ];
}

function commonFailures({ failures }: Trend, look: Look): string[] {
  if (failures.length === 0) return [look.paint("bold", "No rule failed a pull request."), ""];
  const rest = failures.length - MOST_FAILURES;
  return [
    look.paint("bold", "Most common failures"),
    ...failures.slice(0, MOST_FAILURES).flatMap((failure) => failureLines(failure, look)),
    ...(rest > 0 ? [`  and ${plural(rest, "rule")} more (--json lists all)`] : []),
    "",
  ];
}

function duration(ms: number | null): string {
  return ms === null ? "–" : formatDuration(ms);
}

function resolutionLines({ resolution }: Trend, { paint }: Look): string[] {
  const { pulls, median, p95, unresolved, known } = resolution;
  const none =
    known === 0
      ? "  not known: every pull request came as one commit"
      : "  none failed first and passed later";
  return [
    paint("bold", "From the first failing commit to the first that passed"),
    pulls === 0
      ? none
      : `  median ${duration(median)}, p95 ${duration(p95)}, over ${plural(pulls, "pull request")}`,
    paint(
      "dim",
      `  could be timed for the ${plural(known, "pull request")} that came with more than one commit`,
    ),
    paint("dim", `  ${plural(unresolved, "pull request")} of all still failed when merged`),
    "",
  ];
}

function effectLines({ effect }: Trend, { paint }: Look): string[] {
  const rows = effect.byRule.map(({ rule, corrected, merged, afterwards }) => [
    rule,
    String(corrected),
    String(merged),
    String(afterwards),
  ]);
  const total = ["all", effect.corrected, effect.merged, effect.afterwards].map((fate) =>
    typeof fate === "string" ? fate : String(fate.findings),
  );
  const table = renderTable(
    ["findings", "corrected before", "merged anyway", "found afterwards"],
    [total, ...rows],
  );
  return [
    paint("bold", "Do the guards do good?"),
    ...table
      .trimEnd()
      .split("\n")
      .map((each) => `  ${each}`),
    "",
  ];
}

function violationLines({ violations }: Trend, { paint, columns }: Look): string[] {
  const { brought, mended, standing, byPackage, byFolder, byAgent, byWeek } = violations;
  const heading = paint("bold", "Banned packages in production, by the list of today");
  if (brought === 0 && standing.length === 0) return [heading, "  none came, none stands", ""];
  const weeks = newest(byWeek, columns);
  const most = Math.max(1, ...weeks.map((week) => week.brought));
  const places = standing
    .slice(0, MOST_STANDING)
    .map(({ package: name, file }) => `  stands   ${line(name)} in ${line(file)}`);
  return [
    heading,
    `  ${brought} brought, ${mended} gone again, ${plural(standing.length, "place")} at the tip`,
    `  by week  ${sparkline(weeks.map((week) => (week.brought === 0 ? null : week.brought / most)))}`,
    ...(brought === 0
      ? []
      : [`  package  ${named(byPackage)}`, `  folder   ${named(byFolder)}`, `  agent    ${named(byAgent)}`]),
    ...places,
    ...(standing.length > MOST_STANDING
      ? [`  and ${standing.length - MOST_STANDING} more: growth-engine ban scan`]
      : []),
    "",
  ].map((each) => (each === heading ? each : shorten(each, columns)));
}

function seconds(ms: number): string {
  return ms < 1_000 ? `${ms} ms` : `${(ms / 1_000).toFixed(1)} s`;
}

function runLines(runs: readonly CommandTimes[], { paint }: Look): string[] {
  const heading = paint("bold", "Run times on this machine");
  if (runs.length === 0)
    return [
      heading,
      "  none on record yet: guard and ban scan note theirs in .git/growth-engine/runs.jsonl",
      "",
    ];
  const rows = runs.map(({ command, runs: count, median, p95, weeks }) => {
    const last = weeks.at(-1);
    const latest = last === undefined ? "" : `${last.week}: ${seconds(last.median)}, ${seconds(last.p95)}`;
    return [command, String(count), seconds(median), seconds(p95), latest];
  });
  const table = renderTable(["command", "runs", "median", "p95", "newest week"], rows);
  return [
    heading,
    ...table
      .trimEnd()
      .split("\n")
      .map((each) => `  ${each}`),
    "",
  ];
}

/** The trend for people. */
export function renderTrend(trend: Trend, look: Look): string[] {
  return [
    ...complianceLines(trend, look),
    ...commonFailures(trend, look),
    ...resolutionLines(trend, look),
    ...effectLines(trend, look),
    ...violationLines(trend, look),
    ...runLines(trend.runs, look),
  ];
}
