import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { evidenceLine, guardAll } from "../harness/governed-repository.ts";
import { type TemporaryRepository, temporaryRepository } from "../harness/temporary-repository.ts";

const SECRET = `ghp_${"a1B2c3D4e5".repeat(3)}F6g7h8`;
const FILE = "artifacts/ada/2020-01-05/mcp/docs.jsonl";
const BEATS = "artifacts/ada/2020-01-05/heartbeat.ndjson";
const REDACTIONS = "artifacts/redactions.jsonl";
const SAID = ["--reason", "a GitHub token in doc_ref", "--approver", "grace"];

const sumOf = (text: string) => createHash("sha256").update(text.trimEnd()).digest("hex");
const AT = { timestamp: "2020-01-05T09:00:30Z", session: "s1" };
const FIRST = evidenceLine("1", AT);
const LEAKED = evidenceLine("2", { ...AT, doc_ref: `https://example.com/?q=${SECRET}`, prev: sumOf(FIRST) });
const LAST = evidenceLine("3", { ...AT, prev: sumOf(LEAKED) });

function beat(minute: number, progress: string): string {
  return `${JSON.stringify({ timestamp: `2020-01-05T09:${minute}:00Z`, task: "ENG-1", status: "doing", progress })}\n`;
}

function repositoryWithLeak(): TemporaryRepository {
  const repository = temporaryRepository({
    [FILE]: FIRST + LEAKED + LAST,
    [BEATS]: beat(10, "1") + beat(20, SECRET) + beat(30, "3"),
  });
  repository.branch("work");
  return repository;
}

function redact(repository: TemporaryRepository, line: string, ...words: string[]) {
  return repository.runCli(["evidence", "redact", line, ...SAID, ...words]);
}

const read = (repository: TemporaryRepository, path: string) =>
  readFileSync(join(repository.folder, path), "utf8");

describe("evidence redact", () => {
  it("leaves a tombstone and a redaction, tells how to rotate, and never repeats the secret", async () => {
    const repository = repositoryWithLeak();
    const { code, out, err } = await redact(repository, `${FILE}:2`);
    expect({ code, err }).toEqual({ code: 0, err: "" });
    expect(out).toContain("GitHub: Settings → Developer settings");
    expect(out).toContain("git filter-repo --replace-text");
    const sha256 = sumOf(LEAKED);
    const tombstone = `${JSON.stringify({ redacted: sha256, timestamp: AT.timestamp })}\n`;
    expect(read(repository, FILE)).toBe(FIRST + tombstone + LAST);
    expect(JSON.parse(read(repository, REDACTIONS))).toMatchObject({
      sha256,
      reason: "a GitHub token in doc_ref",
      approver: "grace",
    });
    for (const text of [out, read(repository, FILE), read(repository, REDACTIONS)])
      expect(text).not.toContain(SECRET);
  });

  it("passes the guard with a warning, and breaks no chain", async () => {
    const repository = repositoryWithLeak();
    await redact(repository, `${FILE}:2`);
    repository.commit("Redact");
    const { code, verdict, findings } = await guardAll(repository, null);
    expect({ code, verdict, findings }).toEqual({
      code: 0,
      verdict: "pass",
      findings: [`warn evidence/redacted ${FILE}:2`],
    });
    const verified = await repository.runCli(["evidence", "verify"]);
    expect({ code: verified.code, out: verified.out.includes("no findings") }).toEqual({
      code: 0,
      out: true,
    });
    const listed = await repository.runCli(["evidence", "list"]);
    expect(listed.err).toBe("note 1 line was redacted, as artifacts/redactions.jsonl says\n");
  });

  it.each([
    ["first", 1],
    ["last", 3],
  ])(
    "breaks no chain by the redaction of its %s line, and a later commit goes on with it",
    async (_, line) => {
      const repository = repositoryWithLeak();
      await redact(repository, `${FILE}:${line}`);
      repository.commit("Redact");
      repository.git("branch", "-f", "main", "work");
      repository.write(FILE, read(repository, FILE) + evidenceLine("4", { ...AT, prev: sumOf(LAST) }));
      repository.commit("Go on");
      expect((await guardAll(repository, null)).findings).toEqual([]);
      expect((await repository.runCli(["evidence", "verify"])).code).toBe(0);
    },
  );

  it("keeps a beat a beat, so that no gap opens where its text was taken out", async () => {
    const repository = repositoryWithLeak();
    await redact(repository, `${BEATS}:2`);
    repository.commit("Redact");
    expect(read(repository, BEATS)).toContain(
      '"timestamp":"2020-01-05T09:20:00Z","task":"ENG-1","status":"doing"}',
    );
    expect((await guardAll(repository, null)).findings).toEqual([`warn heartbeat/redacted ${BEATS}:2`]);
    expect((await repository.runCli(["heartbeat", "verify"])).out).not.toContain("heartbeat/gap");
  });

  it("redacts inside the archive of the month, and the guard sees that too", async () => {
    const repository = repositoryWithLeak();
    await repository.runCli(["evidence", "archive"]);
    const early = await redact(repository, `${FILE}:2`);
    expect({ code: early.code, said: early.err.includes("was never committed in") }).toEqual({
      code: 1,
      said: true,
    });
    repository.commit("Archive");
    repository.git("branch", "-f", "main", "work");
    expect((await redact(repository, `${FILE}:2`)).code).toBe(0);
    expect((await redact(repository, `${BEATS}:2`)).code).toBe(0);
    repository.commit("Redact");
    const { code, findings } = await guardAll(repository, null);
    expect({ code, findings: findings.sort() }).toEqual({
      code: 0,
      findings: [`warn evidence/redacted ${FILE}:2`, `warn heartbeat/redacted ${BEATS}:2`],
    });
    expect((await repository.runCli(["evidence", "verify"])).code).toBe(0);
    expect((await repository.runCli(["evidence", "list", "--json"])).out).not.toContain(SECRET);
  });

  it("finds an archive from which a line was taken without a redaction", async () => {
    const repository = repositoryWithLeak();
    await repository.runCli(["evidence", "archive"]);
    repository.commit("Archive");
    repository.git("branch", "-f", "main", "work");
    await redact(repository, `${FILE}:2`);
    repository.remove(REDACTIONS);
    repository.commit("Take it out");
    expect((await guardAll(repository, null)).findings).toContain(`block evidence/rewritten ${FILE}:2`);
  });

  it("goes on where an earlier run was cut off between its two files", async () => {
    const repository = repositoryWithLeak();
    await redact(repository, `${FILE}:2`);
    repository.write(FILE, FIRST + LEAKED + LAST);
    const before = read(repository, REDACTIONS);
    const { code, out } = await redact(repository, `${FILE}:2`);
    expect({ code, said: out.includes("was on record there already") }).toEqual({ code: 0, said: true });
    expect(read(repository, REDACTIONS)).toBe(before);
    expect(read(repository, FILE)).not.toContain(SECRET);
  });

  it("redacts several lines before they are committed", async () => {
    const repository = repositoryWithLeak();
    for (const line of [1, 2, 3]) expect((await redact(repository, `${FILE}:${line}`)).code).toBe(0);
    repository.commit("Redact");
    expect((await guardAll(repository, null)).code).toBe(0);
  });

  it("refuses what it must not touch, and then writes nothing", async () => {
    const repository = repositoryWithLeak();
    repository.write("artifacts/ada/2020-01-06/mcp/new.jsonl", LEAKED);
    const asked: [string, number, string][] = [
      [`${FILE}:9`, 2, "has no line 9"],
      ["artifacts/ada/2020-01-05/mcp/none.jsonl:1", 2, "lies neither on disk nor in"],
      ["README.md:1", 2, "names no line of a record file"],
      ["../x:1", 2, "outside the repository"],
      [FILE, 2, "names no line of a record file"],
      ["artifacts/ada/2020-01-06/mcp/new.jsonl:1", 1, "was never committed"],
    ];
    for (const [line, code, said] of asked) {
      const answer = await redact(repository, line);
      expect({ line, code: answer.code, said: answer.err.includes(said) }).toEqual({
        line,
        code,
        said: true,
      });
      expect(answer.out + answer.err).not.toContain(SECRET);
    }
    repository.write(FILE, FIRST + LEAKED + LAST + evidenceLine("4", AT));
    const dirty = await redact(repository, `${FILE}:2`);
    expect({ code: dirty.code, said: dirty.err.includes("changes that are not committed") }).toEqual({
      code: 1,
      said: true,
    });
    expect(repository.git("status", "--porcelain", "--", REDACTIONS)).toBe("");
  });

  it("refuses a line that is redacted already", async () => {
    const repository = repositoryWithLeak();
    await redact(repository, `${FILE}:2`);
    const { code, err } = await redact(repository, `${FILE}:2`);
    expect({ code, said: err.includes("is redacted already") }).toEqual({ code: 1, said: true });
  });

  it("wants a reason and an approver, and no secret in them", async () => {
    const repository = repositoryWithLeak();
    const ask = (...words: string[]) => repository.runCli(["evidence", "redact", `${FILE}:2`, ...words]);
    expect((await ask("--reason", "a token")).code).toBe(2);
    expect((await ask("--reason", "a token", "--approver", " ")).code).toBe(2);
    expect((await ask("--reason", "", "--approver", "grace")).code).toBe(2);
    const { code, out, err } = await ask(
      "--reason",
      `the token ${SECRET.slice(0, 20)}`,
      "--approver",
      "grace",
    );
    expect({ code, repeated: (out + err).includes(SECRET.slice(4, 20)) }).toEqual({
      code: 2,
      repeated: false,
    });
    expect(repository.git("status", "--porcelain")).toBe("");
  });

  it("writes nothing when it is only asked what it would do", async () => {
    const repository = repositoryWithLeak();
    expect((await redact(repository, `${FILE}:2`, "--dry-run")).out).toContain("nothing was written");
    expect(repository.git("status", "--porcelain")).toBe("");
  });
});
