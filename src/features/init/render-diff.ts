import { structuredPatch } from "diff";
import { type Paint, printable } from "../../platform/terminal/index.ts";

/** A longer difference is cut: whoever wants all of it has `git diff`. */
const MOST_LINES = 60;
const CONTEXT = 2;
/** Texts that differ in more places are not compared line by line: that can take minutes. */
const MOST_EDITS = 2_000;

function paintLine(line: string, paint: Paint): string {
  const text = printable(line.replace(/\r$/, ""));
  if (line.startsWith("+")) return paint("green", text);
  return line.startsWith("-") ? paint("red", text) : paint("dim", text);
}

/** The lines of a unified diff between two texts, without its header; hostile text is made printable. */
export function diffLines(before: string, after: string): string[] {
  const options = { context: CONTEXT, maxEditLength: MOST_EDITS };
  const patch = structuredPatch("", "", before, after, "", "", options);
  if (!patch) return ["(too different to be shown line by line)"];
  return patch.hunks.flatMap(({ oldStart, newStart, lines }, index) => [
    ...(index > 0 || oldStart > 1 ? [`@@ line ${newStart} @@`] : []),
    ...lines.filter((line) => !line.startsWith("\\")),
  ]);
}

/** What would change in a file, for people. */
export function renderDiff(before: string, after: string, paint: Paint): string {
  const lines = diffLines(before, after);
  const rest = lines.length - MOST_LINES;
  const shown = lines.slice(0, MOST_LINES).map((line) => `    ${paintLine(line, paint)}`);
  if (rest > 0) shown.push(`    ${paint("dim", `… ${rest} more lines`)}`);
  return `${shown.join("\n")}\n`;
}
