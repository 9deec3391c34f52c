import { describe, expect, it } from "vitest";
import { temporaryRepository } from "../../../../test/harness/temporary-repository.ts";
import { addedLines } from "./added-lines.ts";
import { DIFF_WORDS } from "./check-security.ts";

describe("addedLines", () => {
  it("says file and line of what a change adds, also where lines look like a diff's own", () => {
    const repository = temporaryRepository({ "a.txt": "one\ntwo\nthree\n", "gone.txt": "x\n" });
    repository.write("a.txt", "one\n+++ b/other.txt\n@@ -1 +1 @@\n-- minus\nthree\nfour");
    repository.write("b c/ö.txt", "new\n");
    repository.remove("gone.txt");
    repository.commit("Change");
    expect(addedLines(repository.git(...DIFF_WORDS, "HEAD~1", "HEAD"))).toEqual([
      { file: "a.txt", line: 2, text: "+++ b/other.txt" },
      { file: "a.txt", line: 3, text: "@@ -1 +1 @@" },
      { file: "a.txt", line: 4, text: "-- minus" },
      { file: "a.txt", line: 6, text: "four" },
      { file: expect.stringMatching(/^b c\//), line: 1, text: "new" },
    ]);
  });

  it("says nothing of no change", () => {
    expect(addedLines("")).toEqual([]);
  });
});
