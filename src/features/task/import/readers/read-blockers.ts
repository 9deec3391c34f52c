import { readTextLines } from "./read-sections.ts";

const SAYS = /\b(?:blocked by|depends on)\b:?\s*/gi;
const NUMBERS = /^#(\d{1,9})(?:\s*(?:,|and|&)\s*#(\d{1,9}))*/i;

/** Numbers of the issues that an issue's text says it waits for: `Blocked by #12`, `Depends on #3, #4`. */
export function readBlockers(body: string): number[] {
  const found = new Set<number>();
  for (const line of readTextLines(body)) {
    for (const said of line.matchAll(SAYS)) {
      const [list = ""] = NUMBERS.exec(line.slice(said.index + said[0].length, said.index + 400)) ?? [];
      for (const [, number] of list.matchAll(/#(\d+)/g)) found.add(Number(number));
    }
  }
  return [...found];
}
