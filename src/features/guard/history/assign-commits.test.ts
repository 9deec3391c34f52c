import { describe, expect, it } from "vitest";
import { temporaryRepository } from "../../../../test/harness/temporary-repository.ts";
import { listCommits, openRepository, readFirstParents, resolveCommit } from "../../../platform/git/index.ts";
import { assignCommits } from "./assign-commits.ts";
import { splitPulls } from "./split-pulls.ts";

describe("assignCommits", () => {
  it("gives each pull request what git rev-list gives it, through merges of merges", async () => {
    const repository = temporaryRepository({ a: "1" });
    repository.branch("old");
    repository.commit("Old work");
    repository.move("main");
    repository.branch("one");
    repository.commit("One");
    repository.move("main");
    repository.commit("Direct");
    repository.merge("one");
    repository.move("old");
    repository.merge("main", { message: "Take main" });
    repository.commit("More old work");
    repository.branch("child");
    repository.commit("Child");
    repository.move("old");
    repository.merge("child");
    repository.move("main");
    repository.merge("old");

    const opened = await openRepository(repository.folder);
    const tip = await resolveCommit(opened, "main");
    const pulls = splitPulls(await readFirstParents(opened, tip, { atMost: 100 }));
    const commits = await listCommits(opened, [tip, `^${pulls[0]?.base}`]);
    const brought = assignCommits(pulls, commits);
    expect(pulls).toHaveLength(3);
    for (const [index, { base, head }] of pulls.entries()) {
      const told = repository.git("rev-list", head, `^${base}`).split("\n").sort();
      expect(brought[index]?.commits.map(({ id }) => id).sort()).toEqual(told);
    }
  });
});
