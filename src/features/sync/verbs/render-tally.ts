import { type CommandContext, paintFor, printable } from "../../../platform/terminal/index.ts";
import { formatDuration } from "../../../vocabulary/duration.ts";
import type { FoundRewrite, Tally } from "./tally.ts";

/** So many of each kind are named; the server names all. */
const SHOWN = 10;
const SECOND = 1_000;

const plural = (count: number, one: string, several = `${one}s`): string =>
  `${count.toLocaleString("en")} ${count === 1 ? one : several}`;

/** `ENG/a.jsonl: rewritten from line 3 …` */
function sentenceOf({ file, what, from_line, lines_before, lines_after, gone }: FoundRewrite): string {
  const path = printable(file);
  const lost = gone === 0 ? "" : `; ${plural(gone, "line")} given up`;
  if (what === "deleted") return `${path}: deleted, ${plural(lines_before, "line")} were there${lost}`;
  return `${path}: ${what} from line ${from_line}, ${lines_before} lines before and ${lines_after} now${lost}`;
}

function partsOf(tally: Tally): string[] {
  const { received, known, returned, redacted, receipts, old, switched_files, skipped_files } = tally;
  const counted: [number, string][] = [
    [known, `${plural(known, "line")} known from another checkout`],
    [returned, `${plural(returned, "line")} back again`],
    [redacted, `a secret taken out of ${plural(redacted, "line")}`],
    [receipts, `receipts for ${plural(receipts, "line")}`],
    [old, `${plural(old, "line")} older than lines are kept`],
    [switched_files, `${plural(switched_files, "file")} of another branch`],
    [skipped_files, `${plural(skipped_files, "file")} of other agents left to them`],
  ];
  const told = counted.filter(([count]) => count > 0).map(([, says]) => says);
  return [received === 0 ? "nothing new" : `${plural(received, "new line")}`, ...told];
}

function listed(title: string, items: readonly string[], more: string): string {
  if (items.length === 0) return "";
  const rest = items.length > SHOWN ? [`… ${items.length - SHOWN} more: ${more}`] : [];
  return `${title}\n${[...items.slice(0, SHOWN), ...rest].map((item) => `  ${item}\n`).join("")}`;
}

/** What a sync did, for people. */
export function renderTally(tally: Tally, { colour }: CommandContext): string {
  const paint = paintFor(colour);
  const where = `${printable(tally.repository)}${tally.branch === null ? "" : ` (${printable(tally.branch)})`}`;
  const took = tally.milliseconds < SECOND ? `${tally.milliseconds} ms` : formatDuration(tally.milliseconds);
  const read = `${plural(tally.files, "file")}, ${tally.files_read.toLocaleString("en")} read`;
  const broken = tally.broken.map(
    ({ file, line, column, message }) => `${printable(file)}:${line}:${column}: ${printable(message)}`,
  );
  const said =
    tally.verdict === null ? "" : `the guards say ${tally.verdict.verdict}: growth-engine guard verdicts\n`;
  return [
    `${paint("green", "✔")} ${paint("bold", where)}: ${partsOf(tally).join("; ")} ${paint("dim", `(${read}, ${took})`)}\n`,
    said,
    listed(
      paint("yellow", "not what was brought before:"),
      tally.rewrites.map(sentenceOf),
      "growth-engine sync rewrites",
    ),
    listed(paint("yellow", "broken lines, which were left out:"), broken, "growth-engine sync broken"),
    listed(paint("yellow", "not followed, since it is no file:"), tally.led_away.map(printable), "ls -l"),
    listed(paint("yellow", "archives:"), tally.archives.map(printable), "growth-engine evidence verify"),
  ].join("");
}
