import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { paintFor, printable } from "./index.ts";

describe("paintFor", () => {
  it("paints when asked to, wherever the output of this process goes", () => {
    expect(paintFor(true)("red", "no")).toBe("\u001b[31mno\u001b[39m");
  });

  it("leaves text alone when not", () => {
    expect(paintFor(false)("red", "no")).toBe("no");
  });
});

describe("printable", () => {
  it("keeps letters of every language, emoji with joiners, tabs and line ends", () => {
    const text = "naïve 日本語 می‌خواهم 👩‍💻\t½\n";
    expect(printable(text)).toBe(text);
  });

  it.each([
    ["an escape sequence", "\u001b[2Jx", "\\u{1b}[2Jx"],
    ["a carriage return", "safe\rfake", "safe\\u{d}fake"],
    ["a C1 control", "\u009b2J", "\\u{9b}2J"],
    ["a direction override", "a\u202etxt", "a\\u{202e}txt"],
    ["an Arabic letter mark", "a\u061cb", "a\\u{61c}b"],
    ["an invisible space", "context7\u200b-mcp", "context7\\u{200b}-mcp"],
    ["a tag that only machines read", "a\u{e0041}", "a\\u{e0041}"],
    ["half a character", "a\ud800", "a\\u{d800}"],
    ["a noncharacter", "a\ufffe", "a\\u{fffe}"],
  ])("shows %s", (_, text, shown) => {
    expect(printable(text)).toBe(shown);
  });

  it("lets no control character through, and printing twice is printing once", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), (text) => {
        const shown = printable(text);
        expect(shown).not.toMatch(/[^\P{Cc}\t\n]|\p{Surrogate}|[\u202a-\u202e\u2066-\u2069]/u);
        expect(printable(shown)).toBe(shown);
      }),
    );
  });
});
