import { type CommandContext, paintFor, printable, wrap } from "../../../platform/terminal/index.ts";

/** A box as it is printed. */
export interface PrintedBox {
  box: string;
  ticked: boolean;
  because: string;
}

/** The checklist for people, what was seen under each box. */
export function renderChecklist(boxes: readonly PrintedBox[], { colour, columns }: CommandContext): string {
  const paint = paintFor(colour);
  const lines = boxes.flatMap(({ box, ticked, because }) => [
    `${ticked ? paint("green", "[x]") : paint("red", "[ ]")} ${printable(box)}`,
    ...wrap(printable(because), Math.max(24, columns - 4)).map((line) => `    ${paint("dim", line)}`),
  ]);
  return `${lines.join("\n")}\n`;
}

/** Text of the fleet as Markdown shows it literally. */
export const literal = (text: string): string =>
  printable(text)
    .replaceAll(/\s+/g, " ")
    .replaceAll(/[\\`*_{}[\]<>#|@!]/g, "\\$&");

/** The same for pasting into an issue or a chat. */
export function checklistMarkdown(boxes: readonly PrintedBox[]): string {
  return `${boxes.map(({ box, ticked, because }) => `- [${ticked ? "x" : " "}] ${box}: ${literal(because)}`).join("\n")}\n`;
}
