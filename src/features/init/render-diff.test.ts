import { describe, expect, it } from "vitest";
import { paintFor } from "../../platform/terminal/index.ts";
import { diffLines, renderDiff } from "./render-diff.ts";

describe("the difference of two texts", () => {
  it("is shown line by line, with a little around it", () => {
    const before = ["a", "b", "c", "d", "e"].join("\n");
    expect(diffLines(before, before.replace("d", "D"))).toEqual([
      "@@ line 2 @@",
      " b",
      " c",
      "-d",
      "+D",
      " e",
    ]);
    expect(diffLines(before, before)).toEqual([]);
  });

  it("is made printable, and cut when it is long", () => {
    const text = renderDiff("", `\u001b[31m${"x\n".repeat(100)}`, paintFor(false));
    expect(text).toContain("+\\u{1b}[31mx");
    expect(text).toContain("… 40 more lines");
  });

  it("ends soon for texts that have nothing in common", () => {
    const [before, after] = ["a", "b"].map((mark) =>
      Array.from({ length: 5_000 }, (_, at) => mark + at).join("\n"),
    );
    expect(diffLines(before ?? "", after ?? "")).toEqual(["(too different to be shown line by line)"]);
  });
});
