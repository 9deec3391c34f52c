import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { linesOf } from "../lines-of.ts";
import { joinContents, mergeFiles } from "./merge-files.ts";
import type { PackedFile } from "./pack-archive.ts";

async function* give(files: readonly PackedFile[]) {
  yield* files;
}

const joined = (archived: string, own: string) =>
  joinContents(Buffer.from(archived), Buffer.from(own)).toString();

describe("joinContents", () => {
  it.each([
    ["a file that is as it was", "1\n2\n", "1\n2\n", "1\n2\n"],
    ["a file that goes on", "1\n2\n", "1\n2\n3\n", "1\n2\n3\n"],
    ["an older state of it", "1\n2\n", "1\n", "1\n2\n"],
    ["a file that was begun anew", "1\n2\n", "3\n", "1\n2\n3\n"],
    ["one that was begun anew and joined before", "1\n2\n3\n", "3\n", "1\n2\n3\n"],
    ["a last line without its end", "1\n2", "3", "1\n2\n3"],
    ["a byte order mark", "1\n", "\u{feff}2\n", "1\n2\n"],
    ["an empty file", "1\n", "", "1\n"],
  ])("keeps all lines in order: %s", (_, archived, own, expected) =>
    expect(joined(archived, own)).toBe(expected),
  );

  it("keeps what the archive held as its beginning, holds the file at an end, and does it once", () => {
    const text = fc
      .array(fc.constantFrom("a", "b", "c"))
      .map((lines) => lines.map((one) => `${one}\n`).join(""));
    fc.assert(
      fc.property(text, text, (archived, own) => {
        const both = joined(archived, own);
        const [lines, before, after] = [both, archived, own].map((one) => linesOf(Buffer.from(one))) as [
          string[],
          string[],
          string[],
        ];
        expect(lines.slice(0, before.length)).toEqual(before);
        const isHeld = [lines.slice(0, after.length), lines.slice(lines.length - after.length)];
        expect(isHeld).toContainEqual(after);
        expect(joined(both, own)).toBe(both);
      }),
    );
  });
});

describe("mergeFiles", () => {
  it("gives every file of both once, in order", async () => {
    const names = fc.uniqueArray(fc.constantFrom("a", "b", "c", "d", "e")).map((all) => all.sort());
    await fc.assert(
      fc.asyncProperty(names, names, async (left, right) => {
        const files = (all: string[], text: string) =>
          all.map((path) => ({ path, content: Buffer.from(text) }));
        const merged: string[] = [];
        for await (const { path } of mergeFiles(give(files(left, "1\n")), give(files(right, "2\n"))))
          merged.push(path);
        expect(merged).toEqual([...new Set([...left, ...right])].sort());
      }),
    );
  });
});
