import {
  type CommandContext,
  paintFor,
  printable,
  renderTable,
  shorten,
} from "../../../platform/terminal/index.ts";

const MIN_LAST = 24;

/** A table whose last column is cut where the terminal ends. */
export function renderFitting(
  header: readonly string[],
  rows: readonly (readonly string[])[],
  context: CommandContext,
): string {
  const last = header.length - 1;
  const used = header.slice(0, last).reduce((sum, name, column) => {
    const widest = rows.reduce(
      (most, row) => Math.max(most, printable(row[column] ?? "").length),
      name.length,
    );
    return sum + widest + 2;
  }, 0);
  const room = Math.max(MIN_LAST, context.columns - used);
  const cut = rows.map((row) => [...row.slice(0, last), shorten(printable(row[last] ?? ""), room)]);
  const [head = "", ...lines] = renderTable(header, cut).trimEnd().split("\n");
  return `${[paintFor(context.colour)("bold", head), ...lines].join("\n")}\n`;
}
