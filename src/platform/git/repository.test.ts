import { execFileSync } from "node:child_process";
import { mkdirSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { afterEach, describe, expect, it } from "vitest";
import { temporaryFolder, temporaryRepository } from "../../../test/harness/temporary-repository.ts";
import { commitTree, indexTree } from "./commit-tree.ts";
import { readRange, resolveCommit } from "./read-range.ts";
import { openRepository } from "./repository.ts";
import { readOne } from "./tree.ts";
import { workingTree } from "./working-tree.ts";

const PLACES = ["GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE"];
const start = process.cwd();

afterEach(() => {
  for (const name of PLACES) delete process.env[name];
});

async function headOf(folder: string): Promise<string> {
  return resolveCommit(await openRepository(folder), "HEAD");
}

describe("openRepository", () => {
  it("opens a working tree from a folder below its top, and through a link", async () => {
    const repository = temporaryRepository({ "a/b/c.txt": "1" });
    const link = join(temporaryFolder(), "link");
    symlinkSync(join(repository.folder, "a"), link);
    for (const folder of [repository.folder, join(repository.folder, "a/b"), link]) {
      const opened = await openRepository(folder);
      expect(opened).toMatchObject({ folder: repository.folder, worktree: repository.folder });
      expect(String(await readOne(workingTree(opened), "a/b/c.txt"))).toBe("1");
    }
  });

  it("opens a linked worktree and a submodule, whose .git is a file", async () => {
    const repository = temporaryRepository({ "a.txt": "1" });
    const worktree = join(temporaryFolder(), "linked");
    repository.git("worktree", "add", "--quiet", "-b", "linked", worktree);
    repository.git("-c", "protocol.file.allow=always", "submodule", "add", repository.folder, "inner");
    for (const folder of [worktree, join(repository.folder, "inner")]) {
      const opened = await openRepository(folder);
      expect(opened.worktree).toBe(folder);
      expect((await workingTree(opened).list()).map(({ path }) => path)).toEqual(["a.txt"]);
    }
  });

  it("opens a bare repository, also below its top and inside a working tree", async () => {
    const repository = temporaryRepository({ "a.txt": "1" });
    execFileSync("git", [
      "clone",
      "--quiet",
      "--bare",
      repository.folder,
      join(repository.folder, "bare.git"),
    ]);
    const bare = join(repository.folder, "bare.git");
    for (const folder of [bare, join(bare, "refs")]) {
      const opened = await openRepository(folder);
      expect(opened).toMatchObject({ folder: bare, worktree: null });
      const head = await resolveCommit(opened, "HEAD");
      expect(String(await readOne(commitTree(opened, head), "a.txt"))).toBe("1");
      expect((await readRange(opened, head, head)).commits).toEqual([]);
    }
  });

  it("does not take an empty .git folder for a repository", async () => {
    const repository = temporaryRepository({ "a/b.txt": "1" });
    mkdirSync(join(repository.folder, "a/.git"));
    expect((await openRepository(join(repository.folder, "a"))).worktree).toBe(repository.folder);
  });

  it("says that a folder is no repository, or is not there", async () => {
    const folder = temporaryFolder();
    await expect(openRepository(folder)).rejects.toMatchObject({
      code: "NOT_A_REPOSITORY",
      hint: "git init",
    });
    await expect(openRepository(join(folder, "none"))).rejects.toMatchObject({ code: "FILE_FAILED" });
  });

  it("follows GIT_DIR, GIT_WORK_TREE and GIT_INDEX_FILE, as inside hooks", async () => {
    const repository = temporaryRepository({ "a.txt": "1" });
    const elsewhere = temporaryFolder();
    process.env.GIT_DIR = join(repository.folder, ".git");
    process.env.GIT_WORK_TREE = repository.folder;
    expect((await openRepository(elsewhere)).worktree).toBe(repository.folder);
    process.env.GIT_INDEX_FILE = join(elsewhere, "index");
    execFileSync("git", ["read-tree", "--empty"]);
    expect(await indexTree(await openRepository(repository.folder)).list()).toEqual([]);
  });

  it("reads places that are relative to where the hook runs", async () => {
    const repository = temporaryRepository({ "a/b.txt": "1" });
    const folder = join(repository.folder, "a");
    // A worker cannot change its folder for itself, so the words are relative to where the tests run.
    process.env.GIT_DIR = `${"../".repeat(start.split("/").length)}${repository.folder.slice(1)}/.git`;
    process.env.GIT_WORK_TREE = `${"../".repeat(start.split("/").length)}${repository.folder.slice(1)}`;
    const opened = await openRepository(folder);
    expect(opened.worktree).toBe(repository.folder);
    expect(await headOf(folder)).toBe(repository.git("rev-parse", "HEAD"));
  });
});
