import { describe, expect, it } from "vitest";
import { FILE, finder, lines, startOfWork } from "../../../test/harness/rewritten-records.ts";
import * as git from "../../platform/git/index.ts";
import { findRewrites } from "./find-rewrites.ts";

const found = finder(git, findRewrites);

describe("findRewrites on large files", () => {
  const maxCompared = 20;

  it("accepts appended lines and other line ends", async () => {
    const repository = startOfWork();
    repository.write(FILE, `\ufeff${lines(1, 2, 3, 4).replaceAll("\n", "\r\n")}`);
    repository.commit("Append");
    expect(await found(repository, { maxCompared })).toEqual([]);
  });

  it("finds a change, an insertion and a removal", async () => {
    for (const content of [lines(1, 9, 3), lines(1, 9, 2, 3), lines(1, 2)]) {
      const repository = startOfWork();
      repository.write(FILE, content);
      repository.commit("Bend");
      expect(await found(repository, { maxCompared })).toEqual([expect.stringMatching(/too large/)]);
    }
  });

  it("accepts a union merge and finds a merge that drops lines", async () => {
    for (const [content, count] of [
      [lines(1, 2, 3, 10, 20), 0],
      [lines(1, 2, 3, 10), 1],
    ] as const) {
      const repository = startOfWork();
      repository.write(FILE, lines(1, 2, 3, 10));
      repository.commit("Work");
      repository.move("main");
      repository.write(FILE, lines(1, 2, 3, 20));
      repository.commit("Main");
      repository.move("work");
      repository.tryGit(["merge", "main"]);
      repository.write(FILE, content);
      repository.commit("Merge main");
      expect(await found(repository, { maxCompared })).toHaveLength(count);
    }
  });
});
