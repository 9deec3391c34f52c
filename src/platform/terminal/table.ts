import { printable } from "./paint.ts";

/** Rows in aligned columns, two spaces apart; the last column is not padded. Cells are made printable. */
export function renderTable(header: readonly string[], rows: readonly (readonly string[])[]): string {
  const lines = [header, ...rows].map((row) => row.map((cell) => printable(cell).replaceAll(/[\t\n]/g, " ")));
  const widths = header.map((_, column) =>
    lines.reduce((width, row) => Math.max(width, (row[column] ?? "").length), 0),
  );
  const render = (row: readonly string[]) =>
    row
      .map((cell, column) => (column === row.length - 1 ? cell : cell.padEnd(widths[column] ?? 0)))
      .join("  ")
      .trimEnd();
  return `${lines.map(render).join("\n")}\n`;
}
