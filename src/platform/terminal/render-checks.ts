import { CHECK_STATES, type CheckState, type HealthCheck } from "../../vocabulary/health.ts";
import type { CommandContext } from "./context.ts";
import { paintFor, printable } from "./paint.ts";

const LOOKS: Record<
  CheckState,
  { mark: string; style: "green" | "yellow" | "red" | "magenta"; word: string }
> = {
  ok: { mark: "✔", style: "green", word: "well" },
  warn: { mark: "!", style: "yellow", word: "to look at" },
  fail: { mark: "✖", style: "red", word: "not well" },
  unknown: { mark: "?", style: "magenta", word: "could not be told" },
};
/** Narrower than this, a line would hold a word or two. */
const MIN_WIDTH = 24;

/** Breaks a text at blanks into lines of so many characters; a longer word stands on a line of its own. */
export function wrap(text: string, width: number): string[] {
  const lines: string[] = [];
  let line = "";
  for (const word of text.split(/\s+/)) {
    if (line !== "" && line.length + 1 + word.length > width) {
      lines.push(line);
      line = word;
    } else line = line === "" ? word : `${line} ${word}`;
  }
  return [...lines, line];
}

/** `9 well, 1 to look at`, in words. */
export function countChecks(checks: readonly Pick<HealthCheck, "state">[]): string {
  const counts = CHECK_STATES.map(
    (state) => [checks.filter((check) => check.state === state).length, state] as const,
  );
  return counts
    .flatMap(([count, state]) => (count === 0 ? [] : [`${count} ${LOOKS[state].word}`]))
    .join(", ");
}

/** One line a check, names aligned; under what is not well, what mends it. */
export function renderChecks(
  checks: readonly HealthCheck[],
  { colour, columns }: Pick<CommandContext, "colour" | "columns">,
): string {
  const paint = paintFor(colour);
  const names = Math.max(0, ...checks.map(({ name }) => printable(name).length));
  const indent = " ".repeat(names + 4);
  const width = Math.max(MIN_WIDTH, columns - indent.length);
  const lines = checks.flatMap(({ name, state, says, hint }) => {
    const { mark, style } = LOOKS[state];
    const [first = "", ...rest] = wrap(printable(says), width);
    const head = `${paint(style, mark)} ${printable(name).padEnd(names)}  ${first}`;
    const hints = hint === null ? [] : wrap(printable(hint), width - 2);
    const mends = hints.map(
      (line, at) => `${indent}${paint("dim", at === 0 ? "→ " : "  ")}${paint("cyan", line)}`,
    );
    return [head, ...rest.map((line) => `${indent}${line}`), ...mends];
  });
  return `${lines.join("\n")}\n\n${countChecks(checks)}\n`;
}
