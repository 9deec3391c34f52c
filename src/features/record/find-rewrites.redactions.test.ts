import { describe, expect, it } from "vitest";
import {
  FILE,
  finder,
  line,
  lines,
  startOfWork,
  sumOf,
  workThatLeaves,
} from "../../../test/harness/rewritten-records.ts";
import { temporaryRepository } from "../../../test/harness/temporary-repository.ts";
import * as git from "../../platform/git/index.ts";
import { lineSum } from "./compare-lines.ts";
import { findRewrites } from "./find-rewrites.ts";

const found = finder(git, findRewrites);

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
    expect(await found(workThatLeaves(line(1) + tombstone(2) + line(3)))).toHaveLength(1);
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

  describe("of the file of redactions itself", () => {
    const REDACTIONS = "artifacts/redactions.jsonl";

    function redactedRedaction(): string {
      const sha256 = lineSum(redaction(2).trimEnd());
      return `{"redacted":"${sha256}"}\n${JSON.stringify({ sha256, reason: "why not", approver: "eve" })}\n`;
    }

    function startWithRedactions() {
      const repository = temporaryRepository({
        [FILE]: lines(1, 2),
        [REDACTIONS]: redaction(1) + redaction(2),
      });
      repository.branch("work");
      return repository;
    }

    it("accepts what is appended", async () => {
      const repository = startWithRedactions();
      repository.write(REDACTIONS, redaction(1) + redaction(2) + redaction(3));
      repository.commit("Append");
      expect(await found(repository)).toEqual([]);
    });

    it.each([
      ["changed", redaction(1) + redaction(3), "rewritten: line 2 was changed"],
      ["emptied", "", "rewritten: line 1 was removed"],
      ["redacted", redaction(1) + redactedRedaction(), "rewritten: line 2 was changed"],
    ])("finds that it was %s", async (_, content, what) => {
      const repository = startWithRedactions();
      repository.write(REDACTIONS, content);
      repository.commit("Rewrite");
      expect(await found(repository)).toEqual([what]);
    });

    it("finds that it was deleted, or moved to where nobody reads it", async () => {
      const repository = startWithRedactions();
      repository.remove(REDACTIONS);
      repository.commit("Delete");
      expect(await found(repository)).toHaveLength(1);
      const moved = startWithRedactions();
      moved.git("mv", REDACTIONS, "artifacts/notes.jsonl");
      moved.commit("Move");
      expect(await found(moved)).toHaveLength(1);
    });

    it("keeps both sides of a merge", async () => {
      const repository = startWithRedactions();
      repository.branch("side");
      repository.write(REDACTIONS, redaction(1) + redaction(2) + redaction(3));
      repository.commit("Side");
      repository.move("work");
      repository.write(REDACTIONS, redaction(1) + redaction(2) + redaction(4));
      repository.commit("Work");
      repository.git("merge", "--quiet", "--no-commit", "--no-ff", "--strategy=ours", "side");
      repository.write(REDACTIONS, redaction(1) + redaction(2) + redaction(4) + redaction(3));
      repository.commit("Merge");
      expect(await found(repository)).toEqual([]);
    });
  });
});
