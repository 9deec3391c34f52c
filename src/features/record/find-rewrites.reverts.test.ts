import { describe, expect, it } from "vitest";
import { FILE, finder, lines, OTHER, startOfWork } from "../../../test/harness/rewritten-records.ts";
import type { TemporaryRepository } from "../../../test/harness/temporary-repository.ts";
import * as git from "../../platform/git/index.ts";
import { findRewrites } from "./find-rewrites.ts";

const found = finder(git, findRewrites);

describe("findRewrites and reverts", () => {
  function workThatAdds(): TemporaryRepository {
    const repository = startOfWork();
    repository.write(FILE, lines(1, 2, 3, 4, 5));
    repository.write("src/a.ts", "2\n");
    repository.commit("Add");
    return repository;
  }

  it("accepts the revert of a commit that added lines, and its revert", async () => {
    const repository = workThatAdds();
    repository.git("revert", "--no-edit", "HEAD");
    repository.git("revert", "--no-edit", "HEAD");
    expect(await found(repository)).toEqual([]);
  });

  it("accepts the revert of a commit that added a file, whatever attributes and settings say", async () => {
    const repository = startOfWork();
    repository.git("config", "diff.noprefix", "true");
    repository.git("config", "diff.algorithm", "patience");
    repository.write(".git/info/attributes", "*.jsonl -diff\n");
    repository.write(OTHER, lines(7));
    repository.write("image.bin", Buffer.from([0, 1, 2, 255]));
    repository.commit("Add");
    repository.write("src/a.ts", "5\n");
    repository.commit("Between");
    repository.git("revert", "--no-edit", "HEAD~1");
    expect(await found(repository)).toEqual([]);
  });

  it("accepts the revert of a merge that the branch brought", async () => {
    const repository = startOfWork();
    repository.branch("topic");
    repository.write(OTHER, lines(7));
    repository.commit("Add");
    repository.move("work");
    repository.merge("topic");
    repository.git("revert", "--no-edit", "-m", "1", "HEAD");
    expect(await found(repository)).toEqual([]);
  });

  it("finds a removal of only some of what a commit added", async () => {
    const repository = workThatAdds();
    repository.write(FILE, lines(1, 2, 3, 4));
    repository.write("src/a.ts", "1\n");
    repository.commit("Revert in part");
    expect(await found(repository)).toEqual(["rewritten: line 5 was removed"]);
  });

  it("finds a removal in part also where the repository calls its records binary", async () => {
    const repository = workThatAdds();
    repository.write(".git/info/attributes", "* -diff\n");
    repository.write(FILE, lines(1, 2, 3, 4));
    repository.write("src/a.ts", "1\n");
    repository.commit("Revert in part");
    expect(await found(repository)).toHaveLength(1);
  });

  it("finds a removal of the lines when the code stays", async () => {
    const repository = workThatAdds();
    repository.write(FILE, lines(1, 2, 3));
    repository.commit("Take the proof away");
    expect(await found(repository)).toEqual(["rewritten: line 4 was removed"]);
  });

  it("finds the revert of a commit that the target already has", async () => {
    const repository = startOfWork();
    repository.move("main");
    repository.write(FILE, lines(1, 2, 3, 4));
    repository.commit("Add on main");
    repository.branch("late");
    repository.git("revert", "--no-edit", "HEAD");
    expect(await found(repository)).toEqual(["rewritten: line 4 was removed"]);
  });
});
