import { symlinkSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import {
  FILE,
  finder,
  line,
  lines,
  OTHER,
  startOfWork,
  workThatLeaves,
} from "../../../test/harness/rewritten-records.ts";
import { temporaryRepository } from "../../../test/harness/temporary-repository.ts";
import * as git from "../../platform/git/index.ts";
import { findRewrites } from "./find-rewrites.ts";

const found = finder(git, findRewrites);

describe("findRewrites in a plain commit", () => {
  it("accepts appended lines", async () => {
    expect(await found(workThatLeaves(lines(1, 2, 3, 4, 5)))).toEqual([]);
  });

  it("accepts other line ends, blank lines, a BOM and an added last newline", async () => {
    const before = lines(1, 2, 3).trimEnd();
    expect(
      await found(workThatLeaves(`\ufeff${lines(1, 2)}\r\n${line(3)}`.replaceAll("\n", "\r\n"), before)),
    ).toEqual([]);
  });

  it("finds a changed line and counts it from 1", async () => {
    expect(await found(workThatLeaves(lines(1, 9, 3)))).toEqual(["rewritten: line 2 was changed"]);
  });

  it("finds a line that was serialised again", async () => {
    expect(await found(workThatLeaves(lines(1, 2, 3).replace(":", ": ")))).toEqual([
      "rewritten: line 1 was changed",
    ]);
  });

  it("finds reordered lines", async () => {
    expect(await found(workThatLeaves(lines(2, 1, 3)))).toEqual(["rewritten: line 1 was reordered"]);
  });

  it("finds lines inserted between", async () => {
    expect(await found(workThatLeaves(lines(1, 9, 2, 3)))).toEqual([
      "rewritten: line 2 had lines inserted before it",
    ]);
  });

  it("finds a removed line, at the end and in the middle", async () => {
    expect(await found(workThatLeaves(lines(1, 2)))).toEqual(["rewritten: line 3 was removed"]);
    expect(await found(workThatLeaves(lines(1, 3)))).toEqual(["rewritten: line 2 was removed"]);
  });

  it("finds changed bytes that are not UTF-8", async () => {
    expect(await found(workThatLeaves(Buffer.from([0xff, 10]), "\ufffd\n"))).toEqual([
      "rewritten: line 1 was changed",
    ]);
  });

  it("finds a deleted file", async () => {
    const repository = startOfWork();
    repository.remove(FILE);
    repository.commit("Tidy up");
    expect(await found(repository)).toEqual([expect.stringMatching(/^rewritten: the file was deleted/)]);
  });

  it("finds a file that became a link", async () => {
    const repository = startOfWork();
    repository.write("kept.jsonl", lines(1, 2, 3));
    repository.remove(FILE);
    symlinkSync("../../../../kept.jsonl", join(repository.folder, FILE));
    repository.commit("Link");
    expect(await found(repository)).toHaveLength(1);
  });

  it("finds records of a folder that became a file", async () => {
    const repository = startOfWork();
    repository.remove("artifacts");
    repository.write("artifacts", "nothing\n");
    repository.commit("Flatten");
    expect(await found(repository)).toHaveLength(1);
  });

  it("finds a rewrite that a later commit puts back, once", async () => {
    const repository = startOfWork();
    repository.write(FILE, lines(1, 9, 3));
    repository.commit("Bend");
    repository.write(FILE, lines(1, 2, 3));
    repository.commit("Bend back");
    expect(await found(repository)).toEqual(["rewritten: line 2 was changed"]);
  });

  it("finds a rewrite of lines that the branch itself brought", async () => {
    const repository = startOfWork();
    repository.write(FILE, lines(1, 2, 3, 4));
    repository.commit("Add");
    repository.write(FILE, lines(1, 2, 3, 5));
    repository.commit("Amend");
    expect(await found(repository)).toEqual(["rewritten: line 4 was changed"]);
  });

  it("accepts a rename with the same lines, also with lines appended", async () => {
    const repository = startOfWork();
    repository.remove(FILE);
    repository.write(OTHER, lines(1, 2, 3, 4));
    repository.commit("Rename");
    expect(await found(repository)).toEqual([]);
  });

  it("finds a rename that drops a line, and one out of the records", async () => {
    for (const [path, content] of [
      [OTHER, lines(1, 3)],
      ["notes.jsonl", lines(1, 2, 3)],
      ["artifacts/ada/2026-01-05/heartbeat.ndjson", lines(1, 2, 3)],
    ] as const) {
      const repository = startOfWork();
      repository.remove(FILE);
      repository.write(path, content);
      repository.commit("Rename");
      expect(await found(repository), path).toHaveLength(1);
    }
  });

  it("leaves files alone that are no records", async () => {
    const repository = startOfWork();
    repository.write("artifacts/ada/notes.jsonl", lines(1));
    repository.commit("Note");
    repository.write("artifacts/ada/notes.jsonl", lines(2));
    repository.commit("Rewrite the note");
    expect(await found(repository)).toEqual([]);
  });

  it("judges names that are not UTF-8 each for itself", async () => {
    const repository = temporaryRepository({ "a.txt": "" });
    const tree = (content: string) => {
      const blob = repository.tryGit(["hash-object", "-w", "--stdin"], { input: content }).out.trim();
      const entry = (name: number) =>
        Buffer.concat([
          Buffer.from(`100644 ${blob}\tartifacts/ada/2026-01-05/mcp/`),
          Buffer.from([name]),
          Buffer.from(".jsonl\n"),
        ]);
      repository.git("read-tree", "--empty");
      repository.tryGit(["update-index", "--index-info"], {
        input: Buffer.concat([entry(0xfe), entry(0xff)]),
      });
      return repository.git("write-tree");
    };
    const first = repository.git("commit-tree", "-m", "First", tree(lines(1, 2)));
    const second = repository.git("commit-tree", "-p", first, "-m", "Second", tree(lines(1, 3)));
    expect(await found(repository, { tip: first, head: second })).toHaveLength(2);
  });
});
