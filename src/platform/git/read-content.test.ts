import { symlinkSync, utimesSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { temporaryRepository } from "../../../test/harness/temporary-repository.ts";
import { openRepository, readContent, treeWithout } from "./index.ts";

const WITHOUT = { without: "artifacts" };
const name = fc.stringMatching(/^[a-z]{1,3}$/);
// No file stands where another one has its folder.
const path = fc.oneof(
  name.map((part) => `${part}.txt`),
  fc.tuple(name, name).map((parts) => `d${parts.join("/")}`),
);
const files = fc.dictionary(path, fc.string({ maxLength: 8 }), { noNullPrototype: true });

async function contentOf(folder: string, since?: string) {
  const repository = await openRepository(folder);
  return readContent(repository, since === undefined ? WITHOUT : { ...WITHOUT, since });
}

describe("readContent", () => {
  it("is the tree of a commit of all of it, whatever was staged, and whatever stands in the folder left out", async () => {
    await fc.assert(
      fc.asyncProperty(files, files, fc.boolean(), async (before, after, staged) => {
        const repository = temporaryRepository({ keep: "1", ...before });
        for (const [each, text] of Object.entries(after)) repository.write(each, text);
        for (const each of Object.keys(before)) if (!(each in after)) repository.remove(each);
        if (staged) repository.git("add", "--all");
        const first = await contentOf(repository.folder);
        repository.write("artifacts/ada/x.jsonl", "{}\n");
        const second = await contentOf(repository.folder);
        const commit = repository.commit("all of it");
        const committed = await treeWithout(await openRepository(repository.folder), commit, "artifacts");
        expect([second.tree, committed]).toEqual([first.tree, first.tree]);
      }),
      { numRuns: 10 },
    );
  });

  it("leaves index, objects and status as they were", async () => {
    const repository = temporaryRepository({ a: "1", b: "2" });
    repository.write("a", "changed");
    repository.write("new", "");
    repository.git("add", "a");
    const look = () => [repository.git("status", "--porcelain"), repository.git("count-objects", "-v")];
    const before = look();
    await contentOf(repository.folder);
    expect(look()).toEqual(before);
  });

  it("says what differs from a commit: changed, new, gone, links, and nothing that is ignored", async () => {
    const repository = temporaryRepository({ ".gitignore": "*.log\n", a: "1", gone: "2", same: "3" });
    const since = repository.git("rev-parse", "HEAD");
    repository.write("a", "changed");
    repository.write("x.log", "ignored");
    repository.write("artifacts/ada/x.jsonl", "{}");
    symlinkSync("a", join(repository.folder, "link"));
    repository.remove("gone");
    const { differences } = await contentOf(repository.folder, since);
    const id = (text: string) => repository.tryGit(["hash-object", "--stdin"], { input: text }).out.trim();
    expect(differences).toEqual([
      { path: "a", id: id("changed") },
      { path: "gone", id: null },
      { path: "link", id: id("a") },
    ]);
  });

  it.each(["--assume-unchanged", "--skip-worktree"])(
    "sees a change that git was told %s of",
    async (mark) => {
      const repository = temporaryRepository({ a: "1" });
      const { tree } = await contentOf(repository.folder);
      repository.git("update-index", mark, "a");
      repository.write("a", "2");
      expect((await contentOf(repository.folder)).tree).not.toBe(tree);
      expect(repository.git("ls-files", "-v")).toMatch(mark === "--skip-worktree" ? /^S/ : /^h/);
    },
  );

  it("sees a change of the same length at the same time as the index was written", async () => {
    const repository = temporaryRepository({ a: "1" });
    const { tree } = await contentOf(repository.folder);
    repository.write("a", "2");
    const same = new Date("2026-01-05T09:00:00Z");
    utimesSync(join(repository.folder, "a"), same, same);
    expect((await contentOf(repository.folder)).tree).not.toBe(tree);
  });

  it("tells the content of a repository without a commit, and of one with SHA-256", async () => {
    const repository = temporaryRepository();
    repository.write("a", "1");
    expect((await contentOf(repository.folder)).tree).toMatch(/^[\da-f]{40}$/);
    repository.remove(".git");
    repository.git("init", "--quiet", "--object-format=sha256", "-b", "main");
    const commit = repository.commit("all");
    const committed = await treeWithout(await openRepository(repository.folder), commit, "artifacts");
    expect((await contentOf(repository.folder)).tree).toBe(committed);
    expect(committed).toHaveLength(64);
  });
});
