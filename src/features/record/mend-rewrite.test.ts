import { describe, expect, it } from "vitest";
import { FILE, line, OTHER, startOfWork } from "../../../test/harness/rewritten-records.ts";
import * as git from "../../platform/git/index.ts";
import { findRewrites } from "./find-rewrites.ts";
import { mendRewrite, shellWord } from "./mend-rewrite.ts";

describe("the hint that mends a rewrite", () => {
  it("gives the earlier lines back and keeps the code of the commit when it is followed", async () => {
    const repository = startOfWork();
    repository.write(FILE, line(9));
    repository.write("src/a.ts", "2\n");
    const commit = repository.commit("Change code, and rewrite");
    repository.write("src/b.ts", "1\n");
    repository.commit("Go on");
    const [, checkout = ""] = /(git checkout [^,]*)/.exec(mendRewrite({ commit, file: FILE })) ?? [];
    const env = { GIT_SEQUENCE_EDITOR: `sed -i.bak '1s/^pick/edit/'`, GIT_EDITOR: "true" };
    repository.tryGit(["rebase", "--quiet", "-i", `${commit}^`], { env });
    repository.git(...checkout.split(" ").slice(1));
    repository.tryGit(["commit", "--quiet", "--amend"], { env });
    repository.tryGit(["rebase", "--continue"], { env });
    const opened = await git.openRepository(repository.folder);
    const [main, head] = [repository.git("rev-parse", "main"), repository.git("rev-parse", "HEAD")];
    const range = await git.readRange(opened, main, head);
    expect(await findRewrites(opened, range)).toEqual([]);
    expect(range.changes.map(({ path }) => path)).toEqual(["src/a.ts", "src/b.ts"]);
  });

  it("gives back the records that a revert deleted, and keeps the revert of the code", async () => {
    const repository = startOfWork();
    repository.move("main");
    repository.write(OTHER, line(7));
    repository.write("src/a.ts", "2\n");
    repository.commit("Add on main");
    repository.branch("undo");
    repository.git("revert", "--no-edit", "HEAD");
    const opened = await git.openRepository(repository.folder);
    const rangeNow = () =>
      git.readRange(opened, repository.git("rev-parse", "main"), repository.git("rev-parse", "HEAD"));
    const [found] = await findRewrites(opened, await rangeNow());
    expect(found).toMatchObject({ what: expect.stringContaining("it held 1 line"), isDeleted: true });
    expect(found?.what).not.toContain("lines");
    const hint = mendRewrite({ commit: found?.commit ?? "", file: OTHER, isDeleted: true });
    const [, checkout = "", amend = ""] = /(git checkout [^,]*), (git commit [^;]*);/.exec(hint) ?? [];
    repository.git(...checkout.split(" ").slice(1));
    repository.git(...amend.split(" ").slice(1));
    const range = await rangeNow();
    expect(await findRewrites(opened, range)).toEqual([]);
    expect(range.changes.map(({ path }) => path)).toEqual(["src/a.ts"]);
  });

  it("names a hostile file as a name", () => {
    expect(shellWord("a/b-c.jsonl")).toBe("a/b-c.jsonl");
    expect(shellWord("a'; rm -rf x")).toBe("'a'\\''; rm -rf x'");
    expect(shellWord("-x")).toBe("'-x'");
  });
});
