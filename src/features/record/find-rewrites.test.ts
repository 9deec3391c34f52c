import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { appendFileSync, mkdirSync, rmSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { type TemporaryRepository, temporaryRepository } from "../../../test/harness/temporary-repository.ts";
import { openRepository, readRange, resolveCommit } from "../../platform/git/index.ts";
import { findRewrites } from "./find-rewrites.ts";

const FILE = "artifacts/ada/2026-01-05/mcp/docs.jsonl";
const OTHER = "artifacts/ada/2026-01-05/mcp/other.jsonl";
const ARCHIVE = "artifacts/archive/2026-01.tar.gz";

const line = (number: number) => `{"request_id":"${number}"}\n`;
const lines = (...numbers: number[]) => numbers.map(line).join("");
const sumOf = (number: number) => createHash("sha256").update(line(number).trimEnd()).digest("hex");

/** What the branch `work` did to the records since `main`, as `kind: what`. */
async function found(
  repository: TemporaryRepository,
  options: { maxCompared?: number; head?: string; tip?: string } = {},
) {
  const opened = await openRepository(repository.folder);
  const tip = await resolveCommit(opened, options.tip ?? "main");
  const head = await resolveCommit(opened, options.head ?? "HEAD");
  const range = await readRange(opened, tip, head);
  return (await findRewrites(opened, range, options)).map(({ kind, what }) => `${kind}: ${what}`);
}

function startOfWork(content = lines(1, 2, 3)): TemporaryRepository {
  const repository = temporaryRepository({ [FILE]: content, "src/a.ts": "1\n" });
  repository.branch("work");
  return repository;
}

/** One commit that leaves the file with this content. */
async function foundAfter(content: string | Uint8Array, before?: string) {
  const repository = startOfWork(before);
  repository.write(FILE, content);
  repository.commit("Change the records");
  return found(repository);
}

function archive(repository: TemporaryRepository, ...paths: string[]): void {
  mkdirSync(join(repository.folder, "artifacts/archive"), { recursive: true });
  execFileSync("tar", ["-czf", ARCHIVE, ...paths], { cwd: repository.folder });
}

describe("findRewrites in a plain commit", () => {
  it("accepts appended lines", async () => {
    expect(await foundAfter(lines(1, 2, 3, 4, 5))).toEqual([]);
  });

  it("accepts other line ends, blank lines, a BOM and an added last newline", async () => {
    const before = lines(1, 2, 3).trimEnd();
    expect(await foundAfter(`\ufeff${lines(1, 2)}\r\n${line(3)}`.replaceAll("\n", "\r\n"), before)).toEqual(
      [],
    );
  });

  it("finds a changed line and counts it from 1", async () => {
    expect(await foundAfter(lines(1, 9, 3))).toEqual(["rewritten: line 2 was changed"]);
  });

  it("finds a line that was serialised again", async () => {
    expect(await foundAfter(lines(1, 2, 3).replace(":", ": "))).toEqual(["rewritten: line 1 was changed"]);
  });

  it("finds reordered lines", async () => {
    expect(await foundAfter(lines(2, 1, 3))).toEqual(["rewritten: line 1 was reordered"]);
  });

  it("finds lines inserted between", async () => {
    expect(await foundAfter(lines(1, 9, 2, 3))).toEqual(["rewritten: line 2 had lines inserted before it"]);
  });

  it("finds a removed line, at the end and in the middle", async () => {
    expect(await foundAfter(lines(1, 2))).toEqual(["rewritten: line 3 was removed"]);
    expect(await foundAfter(lines(1, 3))).toEqual(["rewritten: line 2 was removed"]);
  });

  it("finds changed bytes that are not UTF-8", async () => {
    expect(await foundAfter(Buffer.from([0xff, 10]), "\ufffd\n")).toEqual(["rewritten: line 1 was changed"]);
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

describe("findRewrites in a merge", () => {
  /** `work` and `main` both appended; on `work`. */
  function parted(): TemporaryRepository {
    const repository = startOfWork();
    repository.write(".gitattributes", "artifacts/** merge=union\n");
    repository.write(FILE, lines(1, 2, 3, 10));
    repository.commit("Add on work");
    repository.move("main");
    repository.write(FILE, lines(1, 2, 3, 20));
    repository.commit("Add on main");
    repository.move("work");
    return repository;
  }

  it("accepts a union of both sides", async () => {
    const repository = parted();
    repository.merge("main");
    repository.write(FILE, lines(1, 2, 3, 10, 20, 30));
    repository.commit("Go on");
    expect(await found(repository)).toEqual([]);
  });

  it("accepts a union of many branches at once", async () => {
    const repository = startOfWork();
    for (const name of ["one", "two", "three"]) {
      repository.branch(name, "work");
      repository.write(`artifacts/${name}/2026-01-05/mcp/a.jsonl`, lines(1));
      repository.commit(name);
    }
    repository.move("work");
    repository.git("merge", "--quiet", "--no-ff", "-m", "All", "one", "two", "three");
    expect(await found(repository)).toEqual([]);
  });

  it("finds lines that a merge with the strategy ours drops", async () => {
    const repository = parted();
    repository.git("merge", "--quiet", "-s", "ours", "-m", "Ours", "main");
    const found_ = await found(repository);
    expect(found_).toEqual([expect.stringMatching(/^rewritten: the merge does not keep line 4 of /)]);
  });

  it("finds lines that a merge changes by hand", async () => {
    const repository = parted();
    repository.git("merge", "--quiet", "--no-commit", "--no-ff", "main");
    repository.write(FILE, lines(1, 9, 3, 10, 20));
    repository.commit("Merge main");
    expect(await found(repository)).toHaveLength(2);
  });

  it("does not blame the branch for what the target changed, archived or deleted", async () => {
    const repository = startOfWork(lines(1, 2, 3));
    repository.write("src/b.ts", "1\n");
    repository.commit("Work");
    repository.move("main");
    repository.write(OTHER, lines(5, 6));
    repository.commit("Other");
    repository.write(FILE, lines(3, 1));
    repository.remove(OTHER);
    repository.commit("Let main be bad");
    repository.move("work");
    repository.merge("main");
    expect(await found(repository)).toEqual([]);
  });

  it("does not blame the branch when it appended to a file that the target had shortened", async () => {
    const repository = startOfWork();
    repository.write(FILE, lines(1, 2, 3, 10));
    repository.commit("Work");
    repository.move("main");
    repository.write(FILE, lines(2, 3));
    repository.commit("Shorten");
    repository.move("work");
    repository.tryGit(["merge", "main"]);
    repository.write(FILE, lines(2, 3, 10));
    repository.commit("Merge main");
    expect(await found(repository)).toEqual([]);
  });

  it("accepts a merge that follows a rename on the other side", async () => {
    const repository = startOfWork();
    repository.remove(FILE);
    repository.write(OTHER, lines(1, 2, 3));
    repository.commit("Rename");
    repository.move("main");
    repository.write(FILE, lines(1, 2, 3, 4));
    repository.commit("Append");
    repository.move("work");
    repository.merge("main");
    expect(await found(repository)).toEqual([]);
  });

  it("finds a rewrite hidden on a side branch that is merged in", async () => {
    const repository = startOfWork();
    repository.branch("side");
    repository.write(FILE, lines(1, 9, 3));
    repository.commit("Bend");
    repository.move("work");
    repository.write("src/b.ts", "1\n");
    repository.commit("Work");
    repository.merge("side");
    expect(await found(repository)).toEqual(["rewritten: line 2 was changed"]);
  });

  it("judges criss-cross merges", async () => {
    const repository = parted();
    const main = repository.git("rev-parse", "main");
    const work = repository.git("rev-parse", "work");
    repository.git("merge", "--quiet", "--no-ff", "-m", "Main into work", main);
    repository.move("main");
    repository.write(".gitattributes", "artifacts/** merge=union\n");
    repository.commit("Attributes");
    repository.git("merge", "--quiet", "--no-ff", "-m", "Work into main", work);
    repository.move("work");
    repository.merge("main");
    appendFileSync(join(repository.folder, FILE), line(30));
    repository.commit("Go on");
    expect(await found(repository)).toEqual([]);
  });
});

describe("findRewrites and redactions", () => {
  const tombstone = (number: number) => `{"redacted":"${sumOf(number)}"}\n`;
  const redaction = (number: number) =>
    `${JSON.stringify({ sha256: sumOf(number), reason: "a token", approver: "grace" })}\n`;

  it("reports a line replaced by its redaction", async () => {
    const repository = startOfWork();
    repository.write(FILE, line(1) + tombstone(2) + line(3));
    repository.write("artifacts/redactions.jsonl", redaction(2));
    repository.commit("Redact");
    expect(await found(repository)).toEqual(["redacted: line 2 was redacted"]);
  });

  it("counts a redaction that was recorded on the target before", async () => {
    const repository = temporaryRepository({
      [FILE]: lines(1, 2),
      "artifacts/redactions.jsonl": redaction(2),
    });
    repository.branch("work");
    repository.write(FILE, line(1) + tombstone(2));
    repository.commit("Redact");
    expect(await found(repository)).toEqual(["redacted: line 2 was redacted"]);
  });

  it("finds a tombstone without a redaction on record, and one for another line", async () => {
    expect(await foundAfter(line(1) + tombstone(2) + line(3))).toHaveLength(1);
    const repository = startOfWork();
    repository.write(FILE, line(1) + tombstone(3) + line(3));
    repository.write("artifacts/redactions.jsonl", redaction(3));
    repository.commit("Redact");
    expect(await found(repository)).toEqual(["rewritten: line 2 was changed"]);
  });

  it("wants a reason and an approver", async () => {
    const repository = startOfWork();
    repository.write(FILE, line(1) + tombstone(2) + line(3));
    repository.write("artifacts/redactions.jsonl", `{"sha256":"${sumOf(2)}","reason":"a token"}\n`);
    repository.commit("Redact");
    expect(await found(repository)).toEqual(["rewritten: line 2 was changed"]);
  });

  it("reports a redaction in a merge commit itself, and not the one a parent brought", async () => {
    const repository = startOfWork();
    repository.branch("side");
    repository.write(FILE, line(1) + tombstone(2) + line(3));
    repository.write("artifacts/redactions.jsonl", redaction(2) + redaction(3));
    repository.commit("Redact");
    repository.move("work");
    repository.write("src/b.ts", "1\n");
    repository.commit("Work");
    repository.merge("side");
    expect(await found(repository)).toEqual(["redacted: line 2 was redacted"]);
    repository.git("reset", "--quiet", "--hard", "HEAD~1");
    repository.git("merge", "--quiet", "--no-commit", "--no-ff", "side");
    repository.write(FILE, line(1) + tombstone(2) + tombstone(3));
    repository.commit("Merge side");
    expect(await found(repository)).toContain("redacted: line 3 was redacted");
  });
});

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

describe("findRewrites after the target did what only it answers for", () => {
  it("does not blame the branch for an archive that the target deleted", async () => {
    const repository = startOfWork();
    repository.move("main");
    archive(repository, FILE);
    repository.remove(FILE);
    repository.commit("Archive");
    repository.branch("late");
    repository.write("src/b.ts", "1\n");
    repository.commit("Work");
    repository.move("main");
    repository.remove(ARCHIVE);
    repository.commit("Delete the archive");
    repository.move("late");
    repository.merge("main");
    expect(await found(repository)).toEqual([]);
  });

  it("does not blame the branch for a large file that the target changed", async () => {
    const repository = startOfWork();
    repository.write("src/b.ts", "1\n");
    repository.commit("Work");
    repository.move("main");
    repository.write(FILE, lines(3, 2, 1));
    repository.commit("Bend");
    repository.move("work");
    repository.merge("main");
    expect(await found(repository, { maxCompared: 20 })).toEqual([]);
  });
});

describe("findRewrites on large files", () => {
  const maxCompared = 20;

  it("accepts appended lines and other line ends", async () => {
    const repository = startOfWork();
    repository.write(FILE, `\ufeff${lines(1, 2, 3, 4).replaceAll("\n", "\r\n")}`);
    repository.commit("Append");
    expect(await found(repository, { maxCompared })).toEqual([]);
  });

  it("finds a change, an insertion and a removal", async () => {
    for (const content of [lines(1, 9, 3), lines(1, 9, 2, 3), lines(1, 2)]) {
      const repository = startOfWork();
      repository.write(FILE, content);
      repository.commit("Bend");
      expect(await found(repository, { maxCompared })).toEqual([expect.stringMatching(/too large/)]);
    }
  });

  it("accepts a union merge and finds a merge that drops lines", async () => {
    for (const [content, count] of [
      [lines(1, 2, 3, 10, 20), 0],
      [lines(1, 2, 3, 10), 1],
    ] as const) {
      const repository = startOfWork();
      repository.write(FILE, lines(1, 2, 3, 10));
      repository.commit("Work");
      repository.move("main");
      repository.write(FILE, lines(1, 2, 3, 20));
      repository.commit("Main");
      repository.move("work");
      repository.tryGit(["merge", "main"]);
      repository.write(FILE, content);
      repository.commit("Merge main");
      expect(await found(repository, { maxCompared })).toHaveLength(count);
    }
  });
});
