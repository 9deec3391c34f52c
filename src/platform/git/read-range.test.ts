import { rmSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { type TemporaryRepository, temporaryRepository } from "../../../test/harness/temporary-repository.ts";
import { findDefaultBase } from "./find-default-base.ts";
import { readRange, resolveCommit } from "./read-range.ts";
import { openRepository } from "./repository.ts";

async function rangeOf(repository: TemporaryRepository, tip: string, head = "HEAD") {
  const opened = await openRepository(repository.folder);
  return readRange(opened, await resolveCommit(opened, tip), await resolveCommit(opened, head));
}

/** `main` with one commit, `work` with `count` more; on `work`. */
function branched(count = 2): TemporaryRepository {
  const repository = temporaryRepository({ "a.txt": "0\n" });
  repository.branch("work");
  for (let number = 1; number <= count; number += 1) {
    repository.write("a.txt", `${number}\n`);
    repository.commit(`Change ${number}`);
  }
  return repository;
}

const missing = { code: "HISTORY_MISSING", kind: "fault" };

/** Runs the command of a hint, as a person would copy it. */
function follow(repository: TemporaryRepository, hint: string): void {
  const [command = ""] = hint.split(" (");
  const words = command.replaceAll("'", "").split(" ");
  repository.git(...words.slice(1));
}

async function faultOf(run: Promise<unknown>): Promise<{ code: string; hint: string }> {
  return run.then(
    () => expect.fail("no fault"),
    (fault) => fault,
  );
}

describe("readRange", () => {
  it("gives commits with parents first, their times, and the changes since the branch point", async () => {
    const repository = branched();
    const range = await rangeOf(repository, "main");
    expect(range.base).toBe(repository.git("rev-parse", "main"));
    expect(range.commits.map(({ time }) => time)).toEqual([
      Date.parse("2026-01-05T09:01:00Z"),
      Date.parse("2026-01-05T09:02:00Z"),
    ]);
    expect(range.commits[1]?.parents).toEqual([range.commits[0]?.id]);
    expect(range.head).toEqual(range.commits[1]);
    expect(range.changes.map(({ path }) => path)).toEqual(["a.txt"]);
  });

  it("leaves out what only the target did", async () => {
    const repository = branched(1);
    repository.move("main");
    repository.write("b.txt", "main\n");
    repository.commit("On main");
    const range = await rangeOf(repository, "main", "work");
    expect(range.base).toBe(repository.git("rev-parse", "main~1"));
    expect(range.changes.map(({ path }) => path)).toEqual(["a.txt"]);
  });

  it("is empty when head is the base, or behind it", async () => {
    const repository = branched();
    for (const head of ["work", "main"]) {
      const range = await rangeOf(repository, "work", head);
      expect([range.commits, range.changes]).toEqual([[], []]);
      expect(range.head.id).toBe(repository.git("rev-parse", head));
    }
  });

  it("reads octopus merges and criss-cross merges", async () => {
    const repository = branched(1);
    for (const name of ["one", "two"]) {
      repository.branch(name, "main");
      repository.write(name, name);
      repository.commit(name);
    }
    repository.move("work");
    repository.git("merge", "--quiet", "-m", "Octopus", "one", "two");
    expect((await rangeOf(repository, "main")).head.parents).toHaveLength(3);
    const before = repository.git("rev-parse", "HEAD");
    repository.move("main");
    repository.write("m", "m");
    const main = repository.commit("On main");
    repository.merge(before);
    repository.move("work");
    repository.merge(main);
    const range = await rangeOf(repository, "main");
    expect(range.commits).toHaveLength(1);
    expect([before, main]).toContain(range.base);
  });

  it("keeps file names with any bytes apart", async () => {
    const repository = temporaryRepository({ "a.txt": "" });
    const start = repository.git("rev-parse", "HEAD");
    for (const name of ["tab\tand\nnewline", 'quote"', "ünï", " :(top)x", "-x"])
      repository.write(`d/${name}`, name);
    for (const byte of [0xfe, 0xff]) {
      const path = Buffer.concat([Buffer.from(`${repository.folder}/d/`), Buffer.from([byte, 0x41])]);
      writeFileSync(path, `${byte}`);
    }
    repository.commit("Names");
    const { changes } = await rangeOf(repository, start);
    expect(changes.map(({ path }) => path)).toEqual([
      "d/ :(top)x",
      "d/-x",
      'd/quote"',
      "d/tab\tand\nnewline",
      "d/ünï",
      "d/\udcfeA",
      "d/\udcffA",
    ]);
  });

  it("holds no blob where a side has a link, a submodule or nothing", async () => {
    const repository = temporaryRepository({ "file.txt": "1\n", gone: "1\n" });
    const start = repository.git("rev-parse", "HEAD");
    repository.remove("file.txt");
    repository.remove("gone");
    symlinkSync("elsewhere", join(repository.folder, "file.txt"));
    repository.git("update-index", "--add", "--cacheinfo", `160000,${start},module`);
    repository.git("add", "file.txt", "gone");
    repository.git("commit", "--quiet", "-m", "Links");
    const { changes } = await rangeOf(repository, start);
    expect(changes.map(({ path, newBlob }) => [path, newBlob])).toEqual([
      ["file.txt", null],
      ["gone", null],
      ["module", null],
    ]);
    expect(changes.map(({ oldBlob }) => oldBlob === null)).toEqual([false, false, true]);
  });

  it("says that histories have nothing in common", async () => {
    const repository = branched();
    repository.git("checkout", "--quiet", "--orphan", "alone");
    repository.commit("Alone");
    const fault = await faultOf(rangeOf(repository, "main"));
    expect(fault).toMatchObject({ ...missing, message: expect.stringContaining("no common history") });
  });

  it("is not fooled by replaced or grafted history", async () => {
    const repository = branched(3);
    const [work, main] = [repository.git("rev-parse", "work"), repository.git("rev-parse", "main")];
    const honest = await rangeOf(repository, "main");
    repository.git("replace", "--graft", work, main);
    expect(await rangeOf(repository, "main")).toEqual(honest);
    repository.git("replace", "-d", work);
    repository.write(".git/info/grafts", `${work} ${main}\n`);
    expect(repository.git("rev-list", "--count", "main..work")).toBe("1");
    expect(await rangeOf(repository, "main")).toEqual(honest);
  });
});

describe("readRange in a shallow clone", () => {
  it.each([1, 2, 3])("of depth %i misses history, and its hint brings it", async (depth) => {
    const repository = branched(3);
    const main = repository.git("rev-parse", "main");
    const clone = repository.clone(`--depth=${depth}`, "--branch=work");
    const fault = await faultOf(rangeOf(clone, main));
    expect(fault).toMatchObject(missing);
    follow(clone, fault.hint);
    expect((await rangeOf(clone, main)).commits).toHaveLength(3);
  });

  it.each(["main", "HEAD~1", "origin/main"])("of depth 1 misses a base named %s", async (name) => {
    const clone = branched(2).clone("--depth=1", "--branch=work");
    const fault = await faultOf(rangeOf(clone, name));
    expect(fault).toMatchObject(missing);
    follow(clone, fault.hint);
    expect((await rangeOf(clone, name.replace(/^main/, "origin/main"))).commits).not.toHaveLength(0);
  });

  it("has no default base, and its hint brings it", async () => {
    const repository = branched(2);
    repository.move("main");
    const clone = repository.clone("--depth=1", "--branch=work");
    const base = async () => findDefaultBase(await openRepository(clone.folder));
    const fault = await faultOf(base());
    expect(fault).toMatchObject(missing);
    follow(clone, fault.hint);
    expect(await base()).toBe(repository.git("rev-parse", "main"));
  });

  it("reads a range that lies whole above the cut", async () => {
    const repository = branched(3);
    const main = repository.git("rev-parse", "main");
    const clone = repository.clone("--depth=4", "--branch=work");
    expect((await rangeOf(clone, main)).commits).toHaveLength(3);
    expect((await rangeOf(repository.clone("--depth=50", "--branch=work"), main)).commits).toHaveLength(3);
  });

  it("brings a base of another branch by following the hint", async () => {
    const repository = branched(1);
    repository.move("main");
    repository.write("b.txt", "main\n");
    const main = repository.commit("On main");
    const clone = repository.clone("--depth=1", "--branch=work");
    const fault = await faultOf(rangeOf(clone, main));
    expect(fault).toMatchObject(missing);
    follow(clone, fault.hint);
    expect((await rangeOf(clone, main)).commits).toHaveLength(1);
  });

  it("refuses a merge of which only the target's side is whole", async () => {
    const repository = branched(3);
    repository.move("main");
    repository.write("b.txt", "main\n");
    const main = repository.commit("On main");
    repository.move("work");
    repository.merge("main");
    const clone = repository.clone("--depth=2", "--branch=work");
    expect(await faultOf(rangeOf(clone, main))).toMatchObject({
      ...missing,
      message: expect.stringContaining("cuts through"),
    });
  });
});

describe("resolveCommit", () => {
  const resolved = async (repository: TemporaryRepository, revision: string) =>
    resolveCommit(await openRepository(repository.folder), revision);

  it("resolves branches, tags, short ids and reflog entries to commits", async () => {
    const repository = branched(1);
    repository.git("tag", "-a", "v1", "-m", "One");
    const head = repository.git("rev-parse", "HEAD");
    for (const revision of ["work", "v1", head.slice(0, 8), "HEAD", "@"]) {
      expect(await resolved(repository, revision)).toBe(head);
    }
    expect(await resolved(repository, "HEAD@{1}")).toBe(repository.git("rev-parse", "main"));
  });

  it.each([
    "",
    "-x",
    "--upload-pack=touch x",
    "--all",
    "nope",
    "^work",
    "work..main",
    "main...work",
    "work^!",
    "work^@",
    "HEAD@{99}",
    "HEAD:a.txt",
    "work\nmain",
    "work\0",
    "0".repeat(40),
  ])("refuses %j", async (revision) => {
    await expect(resolved(branched(1), revision)).rejects.toMatchObject({
      code: "REVISION_UNKNOWN",
      exit: 2,
      hint: expect.stringContaining("git "),
    });
  });

  it("refuses HEAD of an unborn branch", async () => {
    await expect(resolved(temporaryRepository(), "HEAD")).rejects.toMatchObject({
      code: "REVISION_UNKNOWN",
      message: '"HEAD" is a branch without commits',
      hint: "git add --all && git commit",
    });
  });

  it("says that the commit of a name that exists is missing", async () => {
    const repository = branched(1);
    const work = repository.git("rev-parse", "work");
    repository.move("main");
    rmSync(join(repository.folder, ".git/objects", work.slice(0, 2), work.slice(2)));
    await expect(resolved(repository, "work")).rejects.toMatchObject(missing);
    await expect(resolved(repository, work)).rejects.toMatchObject({ code: "REVISION_UNKNOWN" });
  });

  it("does not blame the revision when git refuses the repository", async () => {
    const repository = branched(1);
    process.env.GIT_TEST_ASSUME_DIFFERENT_OWNER = "1";
    try {
      await expect(resolved(repository, "HEAD")).rejects.toMatchObject({
        code: "GIT_FAILED",
        message: expect.stringContaining("belongs to another user"),
        hint: `git config --global --add safe.directory ${repository.folder}`,
      });
    } finally {
      delete process.env.GIT_TEST_ASSUME_DIFFERENT_OWNER;
    }
  });
});
