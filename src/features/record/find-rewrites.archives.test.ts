import { readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { gunzipSync, gzipSync } from "node:zlib";
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
  sumOf,
} from "../../../test/harness/rewritten-records.ts";
import type { TemporaryRepository } from "../../../test/harness/temporary-repository.ts";
import * as git from "../../platform/git/index.ts";
import { findRewrites } from "./find-rewrites.ts";

const found = finder(git, findRewrites);

describe("findRewrites and archives", () => {
  function archived(...paths: string[]): TemporaryRepository {
    const repository = startOfWork();
    archive(repository, ...paths);
    repository.remove(FILE);
    repository.commit("Archive");
    return repository;
  }

  it("accepts lines that moved into an archive which holds them", async () => {
    expect(await found(archived(FILE))).toEqual([]);
    expect(await found(archived(`./${FILE}`))).toEqual([]);
  });

  it("accepts a file that goes on with new lines after its old ones were archived", async () => {
    const repository = startOfWork();
    archive(repository, FILE);
    repository.write(FILE, lines(4));
    repository.commit("Archive");
    expect(await found(repository)).toEqual([]);
  });

  it("finds lines that the archive does not hold", async () => {
    expect(await found(archived("src/a.ts"))).toHaveLength(1);
    const repository = startOfWork();
    repository.write(FILE, lines(1, 3));
    archive(repository, FILE);
    repository.remove(FILE);
    repository.commit("Archive");
    expect(await found(repository)).toHaveLength(1);
  });

  it("finds lines behind a damaged archive", async () => {
    const repository = startOfWork();
    repository.write(ARCHIVE, Buffer.from([0x1f, 0x8b, 8, 0, 1, 2, 3]));
    repository.remove(FILE);
    repository.commit("Archive");
    expect(await found(repository)).toHaveLength(1);
  });

  it("takes nothing from an archive that is made to fill the disk", async () => {
    const repository = startOfWork();
    archive(repository, FILE);
    const real = gunzipSync(readFileSync(join(repository.folder, ARCHIVE)));
    const padded = (zeros: number) => gzipSync(Buffer.concat([real, Buffer.alloc(zeros)]));
    repository.write(ARCHIVE, padded(24 << 20));
    repository.remove(FILE);
    const bomb = repository.commit("Archive with much padding");
    expect(await found(repository)).toHaveLength(1);
    repository.git("reset", "--quiet", "--hard", `${bomb}~1`);
    repository.write(ARCHIVE, padded(8 << 20));
    repository.remove(FILE);
    repository.commit("Archive with little padding");
    expect(await found(repository)).toEqual([]);
  });

  it("finds an archive that is deleted, or made anew without a file", async () => {
    const deleted = archived(FILE);
    deleted.remove(ARCHIVE);
    deleted.commit("Make room");
    expect(await found(deleted)).toEqual([expect.stringMatching(/^rewritten: the archive /)]);
    const anew = archived(FILE);
    archive(anew, "src/a.ts");
    anew.commit("Make anew");
    expect(await found(anew)).toHaveLength(1);
  });

  it("accepts an archive to which files are added, and one that is unpacked again", async () => {
    const repository = archived(FILE);
    repository.write(FILE, lines(1, 2, 3));
    repository.write(OTHER, lines(4));
    archive(repository, FILE, OTHER);
    rmSync(join(repository.folder, FILE));
    rmSync(join(repository.folder, OTHER));
    repository.commit("Add to the archive");
    expect(await found(repository)).toEqual([]);
    repository.remove(ARCHIVE);
    repository.write(FILE, lines(1, 2, 3));
    repository.write(OTHER, lines(4));
    repository.commit("Unpack");
    expect(await found(repository)).toEqual([]);
  });

  it("accepts a file that was begun anew after it was archived, and moves behind its earlier lines", async () => {
    const repository = archived(FILE);
    repository.write(FILE, lines(4));
    repository.commit("Go on");
    repository.write(FILE, lines(1, 2, 3, 4));
    archive(repository, FILE);
    repository.remove(FILE);
    repository.commit("Archive again");
    expect(await found(repository)).toEqual([]);
  });

  it("finds an archive that changes, reorders or drops a line of a file that it held", async () => {
    for (const [content, what] of [
      [lines(1, 2, 4), "line 3 was changed"],
      [lines(2, 1, 3), "line 1 was reordered"],
      [lines(1, 2), "line 3 was removed"],
    ] as const) {
      const repository = archived(FILE);
      repository.write(FILE, content);
      archive(repository, FILE);
      repository.remove(FILE);
      repository.commit("Make anew");
      expect(await found(repository)).toEqual([`rewritten: in its archive ${what}`]);
    }
  });

  it("finds lines of which the archive holds only some in their place", async () => {
    const repository = startOfWork();
    repository.write(FILE, lines(9, 1, 2, 3, 8));
    archive(repository, FILE);
    repository.remove(FILE);
    repository.commit("Archive with more around");
    expect(await found(repository)).toHaveLength(1);
  });

  it("reports a line that was redacted in its archive, and finds one that was taken out quietly", async () => {
    const tombstone = `{"redacted":"${sumOf(2)}"}\n`;
    for (const [redactions, what] of [
      [
        `{"sha256":"${sumOf(2)}","reason":"a token","approver":"grace"}\n`,
        "redacted: line 2 was redacted in its archive",
      ],
      ["", "rewritten: in its archive line 2 was changed"],
    ] as const) {
      const repository = archived(FILE);
      repository.write(FILE, line(1) + tombstone + line(3));
      archive(repository, FILE);
      repository.remove(FILE);
      repository.write("artifacts/redactions.jsonl", redactions);
      repository.commit("Redact");
      expect(await found(repository)).toEqual([what]);
    }
  });

  it("does not blame the branch for an archive that the target made", async () => {
    const repository = startOfWork();
    repository.write("src/b.ts", "1\n");
    repository.commit("Work");
    repository.move("main");
    archive(repository, FILE);
    repository.remove(FILE);
    repository.commit("Archive");
    repository.move("work");
    repository.merge("main");
    expect(await found(repository)).toEqual([]);
  });
});
