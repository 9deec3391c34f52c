import { EXIT, type ExitCode } from "../../vocabulary/exit-code.ts";
import { type CommandContext, paintFor, printable, renderTable } from "../terminal/index.ts";
import type { ServerChoice } from "./server-options.ts";

/** Prints what a write did: a sentence for people, the whole answer for programs. */
export function show(
  context: CommandContext,
  { json }: ServerChoice,
  answer: unknown,
  sentence: string,
): ExitCode {
  const text = json
    ? JSON.stringify(answer, null, 2)
    : `${paintFor(context.colour)("green", "✔")} ${printable(sentence)}`;
  context.out(`${text}\n`);
  return EXIT.ok;
}

export interface ListLook<T> {
  /** What to say when there is nothing, with the command that would change it. */
  none: string;
  /** Heading → the cell of a row. */
  columns: Readonly<Record<string, (row: T) => string>>;
}

/** Prints a list: a table for people, an array for programs. */
export function showList<T>(
  context: CommandContext,
  { json }: ServerChoice,
  rows: readonly T[],
  { none, columns }: ListLook<T>,
): ExitCode {
  if (json) context.out(`${JSON.stringify(rows, null, 2)}\n`);
  else if (rows.length === 0) context.out(`${none}\n`);
  else {
    const cells = rows.map((row) => Object.values(columns).map((cell) => cell(row)));
    context.out(renderTable(Object.keys(columns), cells));
  }
  return EXIT.ok;
}
