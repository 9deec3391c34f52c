import type { LineProblem } from "../record/index.ts";

/** A line that cannot travel as it is: of these only the sum is told. */
export interface UnsentLine {
  sum: string;
  kind: LineProblem["kind"];
  message: string;
}

/** No line of JSON begins with this character, so no line of a record file is taken for one of ours. */
const MARK = "\u0001";
const FORM = /^\u0001([0-9a-f]{64}) (too-long|not-utf8)\r?$/;

const SAYS = {
  "too-long": { kind: "line-too-long", message: "the line is longer than 1 MiB; it was skipped unparsed" },
  "not-utf8": { kind: "invalid-json", message: "the line is not UTF-8" },
} as const;

/** Stands in the place of a line that is too long or no text. */
export function writeUnsent(sum: string, why: keyof typeof SAYS): string {
  return `${MARK}${sum} ${why}`;
}

/** What stands for a line that was not sent; null for a line. */
export function readUnsent(text: string): UnsentLine | null {
  if (!text.startsWith(MARK)) return null;
  const [, sum = "", why = ""] = FORM.exec(text) ?? [];
  return sum === "" ? null : { sum, ...SAYS[why as keyof typeof SAYS] };
}
