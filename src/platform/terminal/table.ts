import { printable } from "./paint.ts";

/** Rows in aligned columns, two spaces apart; the last column is not padded. Cells are made printable. */
export function renderTable(header: readonly string[], rows: readonly (readonly string[])[]): string {
  const lines = [header, ...rows].map((row) => row.map((cell) => printable(cell).replaceAll(/[\t\n]/g, " ")));
  const widths = header.map((_, column) => Math.max(...lines.map((row) => (row[column] ?? "").length)));
  const render = (row: readonly string[]) =>
    row
      .map((cell, column) => (column === row.length - 1 ? cell : cell.padEnd(widths[column] ?? 0)))
      .join("  ");
  return `${lines.map(render).join("\n")}\n`;
}
