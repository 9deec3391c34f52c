import { describe, expect, it } from "vitest";
import { findLine, replaceLine } from "./replace-line.ts";

function replaced(text: string, number: number): string | null {
  const content = Buffer.from(text);
  const place = findLine(content, number);
  return place && replaceLine(content, place, "X").toString();
}

describe("replaceLine", () => {
  it.each([
    ["the first", "a\nb\n", 1, "X\nb\n"],
    ["the last, without its end", "a\nb", 2, "a\nX"],
    ["one with CRLF, whose end stays", "a\r\nb\r\n", 2, "a\r\nX\r\n"],
    ["one behind a byte order mark, which stays", "\u{feff}a\nb\n", 1, "\u{feff}X\nb\n"],
    ["one behind blank lines, which count", "\n\na\n", 3, "\n\nX\n"],
  ])("replaces a line: %s", (_, text, number, expected) => expect(replaced(text, number)).toBe(expected));

  it.each([
    ["a\n", 2],
    ["", 1],
  ])("finds no line past the last: %j, %i", (text, number) => expect(replaced(text, number)).toBeNull());
});
