import { appendFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import {
  ARCHIVE,
  archive,
  FILE,
  finder,
  line,
  lines,
  OTHER,
  startOfWork,
} from "../../../test/harness/rewritten-records.ts";
import type { TemporaryRepository } from "../../../test/harness/temporary-repository.ts";
import * as git from "../../platform/git/index.ts";
import { findRewrites } from "./find-rewrites.ts";

const found = finder(git, findRewrites);

describe("findRewrites in a merge", () => {
  /** `work` and `main` both appended; on `work`. */
  function parted(): TemporaryRepository {
    const repository = startOfWork();
    repository.write(".gitattributes", "artifacts/** merge=union\n");
    repository.write(FILE, lines(1, 2, 3, 10));
    repository.commit("Add on work");
    repository.move("main");
    repository.write(FILE, lines(1, 2, 3, 20));
    repository.commit("Add on main");
    repository.move("work");
    return repository;
  }

  it("accepts a union of both sides", async () => {
    const repository = parted();
    repository.merge("main");
    repository.write(FILE, lines(1, 2, 3, 10, 20, 30));
    repository.commit("Go on");
    expect(await found(repository)).toEqual([]);
  });

  it("accepts a union of many branches at once", async () => {
    const repository = startOfWork();
    for (const name of ["one", "two", "three"]) {
      repository.branch(name, "work");
      repository.write(`artifacts/${name}/2026-01-05/mcp/a.jsonl`, lines(1));
      repository.commit(name);
    }
    repository.move("work");
    repository.git("merge", "--quiet", "--no-ff", "-m", "All", "one", "two", "three");
    expect(await found(repository)).toEqual([]);
  });

  it("finds lines that a merge with the strategy ours drops", async () => {
    const repository = parted();
    repository.git("merge", "--quiet", "-s", "ours", "-m", "Ours", "main");
    const found_ = await found(repository);
    expect(found_).toEqual([expect.stringMatching(/^rewritten: the merge does not keep line 4 of /)]);
  });

  it("finds lines that a merge changes by hand", async () => {
    const repository = parted();
    repository.git("merge", "--quiet", "--no-commit", "--no-ff", "main");
    repository.write(FILE, lines(1, 9, 3, 10, 20));
    repository.commit("Merge main");
    expect(await found(repository)).toHaveLength(2);
  });

  it("does not blame the branch for what the target changed, archived or deleted", async () => {
    const repository = startOfWork(lines(1, 2, 3));
    repository.write("src/b.ts", "1\n");
    repository.commit("Work");
    repository.move("main");
    repository.write(OTHER, lines(5, 6));
    repository.commit("Other");
    repository.write(FILE, lines(3, 1));
    repository.remove(OTHER);
    repository.commit("Let main be bad");
    repository.move("work");
    repository.merge("main");
    expect(await found(repository)).toEqual([]);
  });

  it("does not blame the branch when it appended to a file that the target had shortened", async () => {
    const repository = startOfWork();
    repository.write(FILE, lines(1, 2, 3, 10));
    repository.commit("Work");
    repository.move("main");
    repository.write(FILE, lines(2, 3));
    repository.commit("Shorten");
    repository.move("work");
    repository.tryGit(["merge", "main"]);
    repository.write(FILE, lines(2, 3, 10));
    repository.commit("Merge main");
    expect(await found(repository)).toEqual([]);
  });

  it("accepts a merge that follows a rename on the other side", async () => {
    const repository = startOfWork();
    repository.remove(FILE);
    repository.write(OTHER, lines(1, 2, 3));
    repository.commit("Rename");
    repository.move("main");
    repository.write(FILE, lines(1, 2, 3, 4));
    repository.commit("Append");
    repository.move("work");
    repository.merge("main");
    expect(await found(repository)).toEqual([]);
  });

  it("finds a rewrite hidden on a side branch that is merged in", async () => {
    const repository = startOfWork();
    repository.branch("side");
    repository.write(FILE, lines(1, 9, 3));
    repository.commit("Bend");
    repository.move("work");
    repository.write("src/b.ts", "1\n");
    repository.commit("Work");
    repository.merge("side");
    expect(await found(repository)).toEqual(["rewritten: line 2 was changed"]);
  });

  it("judges criss-cross merges", async () => {
    const repository = parted();
    const main = repository.git("rev-parse", "main");
    const work = repository.git("rev-parse", "work");
    repository.git("merge", "--quiet", "--no-ff", "-m", "Main into work", main);
    repository.move("main");
    repository.write(".gitattributes", "artifacts/** merge=union\n");
    repository.commit("Attributes");
    repository.git("merge", "--quiet", "--no-ff", "-m", "Work into main", work);
    repository.move("work");
    repository.merge("main");
    appendFileSync(join(repository.folder, FILE), line(30));
    repository.commit("Go on");
    expect(await found(repository)).toEqual([]);
  });
});

describe("findRewrites after the target did what only it answers for", () => {
  it("does not blame the branch for an archive that the target deleted", async () => {
    const repository = startOfWork();
    repository.move("main");
    archive(repository, FILE);
    repository.remove(FILE);
    repository.commit("Archive");
    repository.branch("late");
    repository.write("src/b.ts", "1\n");
    repository.commit("Work");
    repository.move("main");
    repository.remove(ARCHIVE);
    repository.commit("Delete the archive");
    repository.move("late");
    repository.merge("main");
    expect(await found(repository)).toEqual([]);
  });

  it("does not blame the branch for a large file that the target changed", async () => {
    const repository = startOfWork();
    repository.write("src/b.ts", "1\n");
    repository.commit("Work");
    repository.move("main");
    repository.write(FILE, lines(3, 2, 1));
    repository.commit("Bend");
    repository.move("work");
    repository.merge("main");
    expect(await found(repository, { maxCompared: 20 })).toEqual([]);
  });
});
