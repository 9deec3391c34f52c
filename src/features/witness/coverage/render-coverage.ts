import { type Paint, printable, renderTable, shorten } from "../../../platform/terminal/index.ts";
import { parseTimestamp } from "../../../vocabulary/timestamp.ts";
import { sayDifference } from "../judge-witness.ts";
import type { Witness } from "../seen-line.ts";
import type { ReadingShare, WitnessShare } from "./measure-witnesses.ts";
import type { ToldCall, WitnessCoverage } from "./witness-coverage.ts";

export interface Look {
  paint: Paint;
  columns: number;
}

const MOST_LISTED = 20;

function share(part: number, whole: number): string {
  return whole === 0 ? "–" : `${part} of ${whole} (${Math.floor((part * 100) / whole)} %)`;
}

function reading({ before, known, unknown }: ReadingShare): string {
  const open = unknown > 0 ? `, ${unknown} unknown` : "";
  return known + unknown === 0 ? "–" : `${share(before, known)}${open}`;
}

function table(header: readonly string[], rows: readonly (readonly string[])[]): string {
  return rows.length === 0 ? "" : `\n${renderTable(header, rows)}`;
}

function shares(word: string, rows: readonly WitnessShare[]): string {
  return table(
    [word, "seen by a recorder", "documentation first"],
    rows.map(({ name, changed, seen, documentation }) => [
      name,
      share(seen, changed),
      reading(documentation),
    ]),
  );
}

function witnessTable({ witnesses, files }: WitnessCoverage): string {
  const rows = witnesses.map(({ witness, lines, calls, alone, files: edited }) =>
    [witness, lines, calls, alone, edited].map(String),
  );
  return table(
    ["witness", "lines", "calls", "alone", "files"],
    [...rows, ["git", "", "", "", String(files.length)]],
  );
}

/** Which combinations of witnesses saw the calls of a tool, the most frequent first. */
function combinations(calls: readonly ToldCall[]): string {
  const counts = new Map<string, number>();
  for (const { seenBy } of calls) {
    const names = seenBy.join("+");
    counts.set(names, (counts.get(names) ?? 0) + 1);
  }
  return [...counts]
    .sort(([a, many], [b, more]) => more - many || (a < b ? -1 : 1))
    .map(([names, count]) => `${names} ${count}`)
    .join(", ");
}

function toolTable(calls: readonly ToldCall[]): string {
  const rows = [...groupByTool(calls)].map(
    ([tool, of]) => [tool, String(of.length), combinations(of)] as const,
  );
  return table(
    ["tool", "calls", "seen by"],
    rows.sort((a, b) => Number(b[1]) - Number(a[1]) || (a[0] < b[0] ? -1 : 1)).slice(0, MOST_LISTED),
  );
}

function groupByTool(calls: readonly ToldCall[]): Map<string, ToldCall[]> {
  const found = new Map<string, ToldCall[]>();
  for (const call of calls) {
    const known = found.get(call.tool);
    if (known === undefined) found.set(call.tool, [call]);
    else known.push(call);
  }
  return found;
}

function heading(text: string, { paint }: Look): string {
  return `\n${paint("bold", text)}\n`;
}

/** Each entry one line, or several, of which those after the first say more of it. */
function list(title: string, entries: readonly string[], look: Look): string {
  if (entries.length === 0) return "";
  const shown = entries
    .slice(0, MOST_LISTED)
    .flatMap((entry) => entry.split("\n"))
    .map((line) => `  ${shorten(printable(line), look.columns - 2)}\n`);
  const more = entries.length - MOST_LISTED;
  return heading(title, look) + shown.join("") + (more > 0 ? `  and ${more} more (--json lists all)\n` : "");
}

function sentence({ from, until, explained, ...rest }: WitnessCoverage["differences"][number]): string {
  const times = { from: parseTimestamp(from) ?? 0, until: parseTimestamp(until) ?? 0 };
  const said = sayDifference({ ...rest, ...times, explained }).replaceAll("\n", " ");
  return explained === null ? said : `${said}\n  ${explained}`;
}

function differences({ differences: all }: WitnessCoverage, look: Look): string {
  const said = (isExplained: boolean) =>
    all.filter(({ explained }) => (explained !== null) === isExplained).map(sentence);
  return (
    list("Differences that nothing explains", said(false), look) +
    list("Differences that are explained", said(true), look)
  );
}

const isRecorder = (witness: Witness) => witness !== "claimed";

function unseenFiles({ files }: WitnessCoverage): string[] {
  return files
    .filter(({ change, seenBy }) => change !== "moved" && !seenBy.some(isRecorder))
    .map(({ file, change, seenBy }) => {
      const by = seenBy.length > 0 ? "only a typed line" : "git alone";
      return `${file.replaceAll("\n", " ")}  ${by}${change === "removed" ? ", removed" : ""}`;
    });
}

function packageTable({ packages }: WitnessCoverage): string {
  const rows = packages.map(({ package: name, files, consulted, first }) => [
    name,
    String(files),
    consulted === 0 ? "not seen" : `${consulted}×, first ${first}`,
  ]);
  return table(["package", "files", "documentation"], rows.slice(0, MOST_LISTED));
}

function notes({ unseen, notRecorded, claimedOnly }: WitnessCoverage): string[] {
  return [
    ...(claimedOnly > 0
      ? [`${claimedOnly} of the calls ${claimedOnly === 1 ? "is" : "are"} told of by a typed line alone`]
      : []),
    ...notRecorded.map(
      ({ recorder, reason, calls }) => `${recorder} could not record ${calls} here: ${reason}`,
    ),
    ...unseen,
  ];
}

/** The comparison for people. */
export function renderCoverage(coverage: WitnessCoverage, look: Look): string {
  const { range, commits, changed, seen, documentation, calls } = coverage;
  const head = `${range}, ${commits} ${commits === 1 ? "commit" : "commits"}: `;
  const first =
    changed === 0
      ? "no code file changed"
      : `a recorder saw edits of ${share(seen, changed)} changed code files`;
  const read =
    documentation.known + documentation.unknown === 0
      ? ""
      : `documentation before the first edit: ${reading(documentation)}\n`;
  return [
    `${look.paint("bold", head + first)}\n${read}`,
    witnessTable(coverage),
    shares("folder", coverage.byFolder),
    shares("agent", coverage.byAgent),
    toolTable(calls),
    packageTable(coverage),
    list("Changed, and seen by no recorder", unseenFiles(coverage), look),
    differences(coverage, look),
    list("Notes", notes(coverage), look),
  ].join("");
}
