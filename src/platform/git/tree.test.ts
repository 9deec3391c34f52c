import { execFileSync } from "node:child_process";
import { mkdirSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import {
  type TemporaryRepository,
  temporaryFolder,
  temporaryRepository,
} from "../../../test/harness/temporary-repository.ts";
import { commitTree, indexTree } from "./commit-tree.ts";
import { openRepository } from "./repository.ts";
import { readOne, type Tree } from "./tree.ts";
import { workingTree } from "./working-tree.ts";

const NAMES = ["with space", "new\nline", 'tab\tquote"', "ünï", "-x", ":(top)y", "[a]*?"];

async function disk(repository: TemporaryRepository): Promise<Tree> {
  return workingTree(await openRepository(repository.folder));
}

async function paths(tree: Tree): Promise<string[]> {
  return (await tree.list()).map(({ path, kind }) => (kind === "file" ? path : `${path} (${kind})`));
}

async function text(tree: Tree, path: string): Promise<string | null> {
  return (await readOne(tree, path))?.toString() ?? null;
}

async function streamed(tree: Tree, path: string): Promise<string | null> {
  const source = await tree.stream(path);
  if (source === null) return null;
  const chunks: Buffer[] = [];
  for await (const chunk of source) chunks.push(chunk);
  return Buffer.concat(chunks).toString();
}

describe("the working tree", () => {
  it("lists tracked and untracked files, not what is ignored", async () => {
    const repository = temporaryRepository({ "a.txt": "", ".gitignore": "ignored\n", "d/b.txt": "" });
    repository.write("new.txt", "");
    repository.write("ignored", "");
    expect(await paths(await disk(repository))).toEqual([".gitignore", "a.txt", "d/b.txt", "new.txt"]);
  });

  it("reads what is on disk, not what was committed", async () => {
    const repository = temporaryRepository({ "a.txt": "committed", "gone.txt": "committed" });
    repository.write("a.txt", "changed");
    repository.remove("gone.txt");
    const tree = await disk(repository);
    expect(await text(tree, "a.txt")).toBe("changed");
    expect(await streamed(tree, "a.txt")).toBe("changed");
    expect(await text(tree, "gone.txt")).toBeNull();
    expect(await streamed(tree, "gone.txt")).toBeNull();
    expect(await tree.search({ fixed: ["committed"] })).toEqual([]);
  });

  it("finds what somebody adds to the index between its search and its list", async () => {
    const repository = temporaryRepository({ "a.txt": "" });
    repository.write("new.txt", "needle");
    const opened = await openRepository(repository.folder);
    let searched: Promise<unknown> = Promise.resolve();
    const git: typeof opened.git = async (args, options) => {
      if (args.includes("ls-files")) {
        await searched;
        repository.git("add", "new.txt");
      }
      const answer = opened.git(args, options);
      if (args.includes("grep")) searched = answer;
      return answer;
    };
    expect(await workingTree({ ...opened, git }).search({ fixed: ["needle"] })).toEqual(["new.txt"]);
  });

  it("reads and finds files of any name", async () => {
    const repository = temporaryRepository({ "a.txt": "" });
    for (const name of NAMES) repository.write(`d/${name}`, `needle ${name}`);
    const odd = Buffer.concat([Buffer.from(`${repository.folder}/d/`), Buffer.from([0xff, 0x41])]);
    writeFileSync(odd, "needle odd");
    const all = [...NAMES.map((name) => `d/${name}`), "d/\udcffA"].sort();
    for (const isCommitted of [false, true]) {
      if (isCommitted) repository.commit("All");
      const tree = await disk(repository);
      expect((await paths(tree)).slice(1)).toEqual(all);
      expect(await tree.search({ fixed: ["needle"] })).toEqual(all);
      expect(await text(tree, "d/\udcffA")).toBe("needle odd");
      for (const name of NAMES) expect(await text(tree, `d/${name}`)).toBe(`needle ${name}`);
    }
  });

  it("never reads through a link, at the end or in the middle", async () => {
    const outside = temporaryFolder();
    writeFileSync(join(outside, "secret.txt"), "secret");
    const repository = temporaryRepository({ "d/secret.txt": "mine", "secret.txt": "mine" });
    for (const path of ["d", "secret.txt"]) repository.remove(path);
    symlinkSync(outside, join(repository.folder, "d"));
    symlinkSync(join(outside, "secret.txt"), join(repository.folder, "secret.txt"));
    symlinkSync(".gitignore", join(repository.folder, "inside"));
    const tree = await disk(repository);
    for (const path of ["d/secret.txt", "secret.txt", "inside", "d", "../x", "/etc/passwd", "a\0b", ""]) {
      expect(await text(tree, path), path).toBeNull();
      expect(await streamed(tree, path), path).toBeNull();
    }
  });

  it("does not wait on a pipe", async () => {
    const repository = temporaryRepository({ "a.txt": "1", pipe: "1" });
    rmSync(join(repository.folder, "pipe"));
    for (const name of ["pipe", "untracked-pipe"]) execFileSync("mkfifo", [join(repository.folder, name)]);
    const tree = await disk(repository);
    expect(await text(tree, "pipe")).toBeNull();
    expect(await streamed(tree, "untracked-pipe")).toBeNull();
    expect(await tree.search({ fixed: ["1"] })).toEqual(["a.txt"]);
  });

  it("does not load a file over the limit", async () => {
    const tree = await disk(temporaryRepository({ "a.txt": "12345" }));
    for await (const [, found] of tree.read(["a.txt"], 4)) expect(found).toEqual({ tooLarge: 5 });
    for await (const [, found] of tree.read(["a.txt"], 5)) expect(found).toHaveProperty("content");
  });

  it("names a nested repository and does not look into it", async () => {
    const repository = temporaryRepository({ "a.txt": "" });
    mkdirSync(join(repository.folder, "nested"));
    execFileSync("git", ["clone", "--quiet", repository.folder, join(repository.folder, "nested/inner")]);
    expect(await paths(await disk(repository))).toEqual(["a.txt", "nested/inner (submodule)"]);
  });

  it("is refused in a bare repository", async () => {
    const bare = await openRepository(temporaryRepository({ "a.txt": "" }).bareClone().folder);
    expect(() => workingTree(bare)).toThrow(/bare/);
  });
});

describe("the tree of a commit and of the index", () => {
  it("hold files of any name, and are not changed by the disk", async () => {
    const repository = temporaryRepository({ "a.txt": "" });
    for (const name of NAMES) repository.write(`d/${name}`, `needle ${name}`);
    const commit = repository.commit("All");
    rmSync(join(repository.folder, "d"), { recursive: true });
    const opened = await openRepository(repository.folder);
    for (const tree of [commitTree(opened, commit), indexTree(opened)]) {
      expect((await paths(tree)).slice(1)).toEqual(NAMES.map((name) => `d/${name}`).sort());
      expect(await tree.search({ fixed: ["needle"] })).toHaveLength(NAMES.length);
      for (const name of NAMES) expect(await text(tree, `d/${name}`)).toBe(`needle ${name}`);
      expect(await streamed(tree, "d/-x")).toBe("needle -x");
    }
  });

  it("read links and submodules as missing, in the order asked", async () => {
    const repository = temporaryRepository({ "a.txt": "a", "b.txt": "b" });
    const head = repository.git("rev-parse", "HEAD");
    symlinkSync("a.txt", join(repository.folder, "link"));
    repository.git("update-index", "--add", "--cacheinfo", `160000,${head},module`);
    repository.git("add", "link");
    repository.git("commit", "--quiet", "-m", "Links");
    const opened = await openRepository(repository.folder);
    const tree = commitTree(opened, repository.git("rev-parse", "HEAD"));
    expect(await paths(tree)).toEqual(["a.txt", "b.txt", "link (link)", "module (submodule)"]);
    const answers: [string, string][] = [];
    for await (const [path, found] of tree.read(["b.txt", "link", "none", "module", "a.txt", "b.txt"]))
      answers.push([path, "content" in found ? found.content.toString() : Object.keys(found).join()]);
    expect(answers).toEqual([
      ["b.txt", "b"],
      ["link", "missing"],
      ["none", "missing"],
      ["module", "missing"],
      ["a.txt", "a"],
      ["b.txt", "b"],
    ]);
  });

  it("give the first version of an unmerged file once", async () => {
    const repository = temporaryRepository({ "a.txt": "start\n" });
    repository.branch("other");
    repository.write("a.txt", "theirs\n");
    repository.commit("Theirs");
    repository.move("main");
    repository.write("a.txt", "ours\n");
    repository.commit("Ours");
    repository.tryGit(["merge", "other"]);
    expect(await paths(indexTree(await openRepository(repository.folder)))).toEqual(["a.txt"]);
  });
});
