import { execFileSync } from "node:child_process";
import { mkdirSync, symlinkSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { describe, expect, it } from "vitest";
import { temporaryFolder } from "../../../../test/harness/temporary-repository.ts";
import { findSource, type Source } from "./find-source.ts";
import { ImportNotes } from "./readers/import-notes.ts";

function folderWith(...paths: string[]): string {
  const folder = temporaryFolder();
  for (const path of paths) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), path);
  }
  return folder;
}

function find(source: Source, folder: string, path = ".") {
  const notes = new ImportNotes();
  const files = findSource(source, join(folder, path), notes);
  return {
    names: files.map(({ name }) => name.slice(folder.length + 1)),
    left: notes.notes.map(({ file, message }) => [file.slice(folder.length + 1), message]),
  };
}

describe("findSource", () => {
  it("finds beads' file from the top, from its folder, and by its name", () => {
    const folder = folderWith(".beads/issues.jsonl");
    for (const path of [".", ".beads", ".beads/issues.jsonl"])
      expect(find("beads", folder, path).names).toEqual([".beads/issues.jsonl"]);
  });

  it("finds Backlog.md's tasks from the top and from its folder, in the order of their numbers", () => {
    const folder = folderWith(
      "backlog/tasks/back-10 - b.md",
      "backlog/tasks/back-9 - a.md",
      "backlog/tasks/readme.md",
      "backlog/tasks/notes.txt",
      "backlog/completed/back-1 - c.md",
      "backlog/drafts/draft-1.md",
      "backlog/archive/tasks/back-2.md",
    );
    for (const path of [".", "backlog"]) {
      const { names, left } = find("backlog", folder, path);
      expect(names).toEqual([
        "backlog/tasks/back-9 - a.md",
        "backlog/tasks/back-10 - b.md",
        "backlog/completed/back-1 - c.md",
      ]);
      expect(left).toEqual([
        ["backlog/drafts/draft-1.md", "in backlog's drafts"],
        ["backlog/archive/tasks/back-2.md", "in backlog's archive"],
      ]);
    }
    expect(find("backlog", folder, "backlog/tasks").names).toHaveLength(2);
  });

  it("follows no link inside a folder, and says so", () => {
    const folder = folderWith("tasks/a.md", "secret");
    symlinkSync(join(folder, "secret"), join(folder, "tasks/b.md"));
    expect(find("backlog", folder)).toEqual({
      names: ["tasks/a.md"],
      left: [["tasks/b.md", "a link or no regular file"]],
    });
  });

  it.skipIf(process.platform === "win32")("does not wait for a pipe", () => {
    const folder = folderWith("tasks/a.md");
    execFileSync("mkfifo", [join(folder, "pipe"), join(folder, "tasks/b.md")]);
    expect(find("backlog", folder).left).toEqual([["tasks/b.md", "a link or no regular file"]]);
    expect(() => find("csv", folder, "pipe")).toThrow(/is no file/);
  });

  it.each<[Source, string, RegExp]>([
    ["csv", "missing.csv", /does not exist/],
    ["csv", ".", /is a folder/],
    ["github", ".", /is a folder/],
    ["beads", ".", /without .beads\/issues.jsonl/],
  ])("refuses --from %s %s", (source, path, why) => {
    expect(() => find(source, folderWith("other"), path)).toThrow(why);
  });
});
