import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { splitCommand, UNKNOWN } from "./split-command.ts";

const shellText = fc.string({
  unit: fc.constantFrom(..."abc -'\"`$()\\;&|<>#\n{}=", UNKNOWN),
  maxLength: 60,
});
const quote = (word: string) => `'${word.replaceAll("'", `'\\''`)}'`;

describe("splitCommand", () => {
  it.each([
    ["npx -y context7-mcp --port 1", [["npx", "-y", "context7-mcp", "--port", "1"]]],
    ["a && b || c; d | e & f\ng", [["a"], ["b"], ["c"], ["d"], ["e"], ["f"], ["g"]]],
    [`sh -c 'npx "x y"'`, [["sh", "-c", 'npx "x y"']]],
    [`echo "a \\"b\\" \\n" ''`, [["echo", 'a "b" \\n', ""]]],
    ["echo a > out.txt 2>&1 <in b", [["echo", "a", "b"]]],
    ["a &> log && b", [["a"], ["b"]]],
    [
      `x "$(npx y)" z`,
      [
        ["npx", "y"],
        ["x", UNKNOWN, "z"],
      ],
    ],
    [
      "x `npx y` z",
      [
        ["npx", "y"],
        ["x", UNKNOWN, "z"],
      ],
    ],
    ["(a; (b)) && c", [["a"], ["b"], ["c"]]],
    ["a # b && c\nd#e", [["a"], ["d#e"]]],
    ["a \\\n b\\ c", [["a", "b c"]]],
    ["node_modules\\.bin\\x", [["node_modules\\.bin\\x"]]],
    ["x@$VERSION y", [["x@$VERSION", "y"]]],
    ["", []],
    [" ;;) ", []],
  ])("%j", (text, commands) => expect(splitCommand(text)).toEqual(commands));

  it("gives quoted words back as they were", () => {
    fc.assert(
      fc.property(fc.array(fc.string({ unit: "grapheme" }), { minLength: 1 }), (words) => {
        expect(splitCommand(words.map(quote).join(" "))).toEqual([words]);
      }),
    );
  });

  it("gives the commands of two lines one after the other", () => {
    const line = fc.stringMatching(/^[a-z &|;]*$/);
    fc.assert(
      fc.property(line, line, (first, second) => {
        expect(splitCommand(`${first}\n${second}`)).toEqual([
          ...splitCommand(first),
          ...splitCommand(second),
        ]);
      }),
    );
  });

  it("reads any text to its end and makes nothing up", () => {
    fc.assert(
      fc.property(shellText, (text) => {
        const characters = splitCommand(text).flat().join("").replaceAll(UNKNOWN, "");
        for (const character of characters) expect(text).toContain(character);
        expect(characters.length).toBeLessThanOrEqual(text.length);
      }),
      { numRuns: 2_000 },
    );
  });

  it.each([..."'\"`$(\\;&|<>#)\na ", "$(", "a\\", "'a'"])("reads 1 MiB of %j", (piece) => {
    expect(() => splitCommand(piece.repeat((1 << 20) / piece.length))).not.toThrow();
  });
});
