import { symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import {
  type TemporaryRepository,
  temporaryFolder,
  temporaryRepository,
} from "../harness/temporary-repository.ts";

const FILE = "artifacts/builder/2026-01-05/mcp/context7.jsonl";

function entry(id: string, more: Record<string, unknown> = {}): string {
  const fields = {
    tool: "context7",
    doc_ref: "https://example.com/a",
    request_id: id,
    purpose: "read the API",
  };
  return JSON.stringify({ ...fields, timestamp: "2026-01-05T12:00:00Z", ...more });
}

interface Seen {
  rule: string;
  level: string;
  message: string;
  file?: string;
  line?: number;
  column?: number;
}

async function verify(
  repository: TemporaryRepository,
  ...words: string[]
): Promise<{ code: number; verdict: string; findings: Seen[]; rules: string[] }> {
  const { code, out, err } = await repository.runCli(["evidence", "verify", "--json", ...words]);
  if (out === "") throw new Error(err);
  const guard = JSON.parse(out) as { guard: string; verdict: string; findings: Seen[] };
  expect(guard.guard).toBe("guard-mcp");
  return { code, ...guard, rules: guard.findings.map(({ rule, line }) => `${rule.slice(9)}:${line ?? ""}`) };
}

describe("evidence verify", () => {
  it("accepts blank lines, CRLF, a BOM and a missing last newline", async () => {
    const repository = temporaryRepository();
    repository.write(FILE, `\uFEFF${entry("1")}\r\n\r\n\n${entry("2")}\r\n${entry("3")}`);
    expect(await verify(repository)).toMatchObject({ code: 0, verdict: "pass", findings: [] });
  });

  it("reports each broken line with its place, and reads the lines after it", async () => {
    const repository = temporaryRepository();
    const pretty = JSON.stringify(JSON.parse(entry("5")), null, 2);
    const lines = [
      entry("1") + entry("2"),
      '"an error message"',
      "[]",
      '{"tool": ',
      entry("3", { tool: "", purpose: 7, doc_ref: undefined }),
      entry("4", { timestamp: "2026-99-05T12:00:00Z" }),
      pretty,
      entry("6", { timestamp: "2026-03-05T12:00:00Z" }),
      `{"tool":"\0"}`,
      entry("1"),
    ];
    repository.write(
      FILE,
      Buffer.concat([Buffer.from(`${lines.join("\n")}\n`), Buffer.from([0x22, 0xff, 0x22, 10])]),
    );
    const { code, rules, findings } = await verify(repository);
    expect(code).toBe(1);
    expect(rules).toEqual([
      "invalid-json:1",
      "not-an-object:2",
      "not-an-object:3",
      "invalid-json:4",
      "missing-field:5",
      "bad-timestamp:6",
      "invalid-json:7",
      "invalid-json:15",
      "invalid-json:17",
      "date-mismatch:14",
    ]);
    expect(findings[0]?.message).toContain('"1" and "2"');
    expect(findings[0]?.column).toBe(entry("1").length + 1);
    expect(findings[4]?.message).toBe("tool is empty; doc_ref is absent; purpose is a number, not text");
    expect(findings[6]?.message).toContain("lines");
  });

  it("skips a line of 50 MB, and reads the next", async () => {
    const repository = temporaryRepository();
    repository.write(FILE, `${entry("1")}\n{"x":"${"a".repeat(50 << 20)}"}\n${entry("2", { tool: "" })}\n`);
    expect((await verify(repository)).rules).toEqual(["line-too-long:2", "missing-field:3"]);
    repository.commit("Add");
    expect((await verify(repository, "--head", "HEAD")).rules).toEqual([
      "line-too-long:2",
      "missing-field:3",
    ]);
  });

  it("finds ids that stand twice in the files of one agent, however many lines lie between", async () => {
    const repository = temporaryRepository();
    const many = Array.from({ length: 30_000 }, (_, index) => entry(`id-${index}`));
    repository.write(FILE, `${many.join("\n")}\n`);
    repository.write(FILE.replace("context7", "web"), `${entry("id-29999", { tool: "web" })}\n`);
    repository.write(FILE.replace("builder", "tester"), `${entry("id-1")}\n`);
    const { code, findings } = await verify(repository);
    expect(code).toBe(0);
    expect(findings).toMatchObject([
      {
        rule: "evidence/duplicate-request-id",
        level: "warn",
        file: FILE.replace("context7", "web"),
        line: 1,
      },
    ]);
    expect(findings[0]?.message).toContain(`${FILE}:30000`);
  });

  it("lists a hundred findings of a rule in a file and counts the others", async () => {
    const repository = temporaryRepository();
    repository.write(FILE, "{}\n".repeat(250));
    const { findings } = await verify(repository);
    expect(findings).toHaveLength(101);
    expect(findings.map(({ message }) => message)).toContain(
      "150 more findings of this rule in this file are not listed",
    );
  });

  it("never follows a link, to a file or to a folder", async () => {
    const repository = temporaryRepository();
    const outside = temporaryFolder();
    writeFileSync(join(outside, "secret.jsonl"), "secret content\n");
    repository.write(FILE, `${entry("1")}\n`);
    symlinkSync(join(outside, "secret.jsonl"), join(repository.folder, FILE.replace("context7", "link")));
    symlinkSync(outside, join(repository.folder, "artifacts/tester"));
    const { rules, findings, code } = await verify(repository);
    expect([code, rules]).toEqual([1, ["bad-path:", "bad-path:"]]);
    expect(JSON.stringify(findings)).not.toContain("secret content");
    repository.commit("Add links");
    expect((await verify(repository, "--head", "HEAD")).rules).toEqual(["bad-path:", "bad-path:"]);
  });

  it("says that a file is empty, or ignored by git", async () => {
    const repository = temporaryRepository({ ".gitignore": "tester/\n" });
    repository.write(FILE, "\n\n");
    repository.write(FILE.replace("builder", "tester"), `${entry("1")}\n`);
    const { rules, findings } = await verify(repository);
    expect(rules).toEqual(["empty:", "untracked:"]);
    expect(findings[1]?.message).toContain(".gitignore:1: tester/");
  });

  it("reads the files that are named, and says what is no evidence file", async () => {
    const repository = temporaryRepository();
    repository.write(FILE, "{}\n");
    repository.write(FILE.replace("context7", "web"), `${entry("1")}\n`);
    expect((await verify(repository, FILE.replace("context7", "web"))).code).toBe(0);
    expect((await verify(repository, "artifacts/builder")).rules).toEqual(["missing-field:1"]);
    expect((await verify(repository, "package.json", FILE.replace("context7", "gone"))).rules).toEqual([
      "bad-path:",
      "not-found:",
    ]);
    for (const path of ["../x.jsonl", "/etc/passwd", "artifacts/../../x"])
      expect((await repository.runCli(["evidence", "verify", path])).code).toBe(2);
  });

  it("takes tools, levels and redactions from the repository", async () => {
    const repository = temporaryRepository();
    const gone = entry("1");
    const { createHash } = await import("node:crypto");
    const sha256 = createHash("sha256").update(gone).digest("hex");
    const rules = { "evidence/tool-not-allowed": "warn" };
    repository.write("growth-engine.json", JSON.stringify({ evidence: { tools: ["web"] }, rules }));
    repository.write(
      "artifacts/redactions.jsonl",
      `${JSON.stringify({ sha256, reason: "key", approver: "eve" })}\n`,
    );
    repository.write(FILE, `{"redacted":"${sha256}"}\n{"redacted":"${"0".repeat(64)}"}\n${entry("2")}\n`);
    const { findings } = await verify(repository);
    expect(findings.map(({ rule, level, line }) => [rule, level, line])).toEqual([
      ["evidence/missing-field", "block", 2],
      ["evidence/tool-not-allowed", "warn", 3],
    ]);
  });

  it("answers where there is nothing: no evidence, no commit, no working tree", async () => {
    const empty = temporaryRepository();
    expect(await verify(empty)).toMatchObject({ code: 0, verdict: "not-applicable" });
    const repository = temporaryRepository({ [FILE]: `${entry("1")}\n` });
    const bare = repository.bareClone();
    expect((await bare.runCli(["evidence", "verify"])).code).toBe(3);
    expect(await verify(bare, "--head", "main")).toMatchObject({ code: 0, verdict: "pass" });
    expect((await empty.runCli(["evidence", "verify", "--head", "HEAD"])).code).toBe(2);
  });

  it("warns of a chain whose missing line stands in the history, and blocks otherwise", async () => {
    const repository = temporaryRepository({ "a.txt": "1\n" });
    const { createHash } = await import("node:crypto");
    const first = entry("1", { session: "s" });
    const prev = createHash("sha256").update(first).digest("hex");
    const second = entry("2", { session: "s", prev });
    repository.branch("other");
    repository.write(FILE, `${first}\n`);
    repository.commit("First");
    repository.move("main");
    repository.write(FILE, `${second}\n`);
    expect((await verify(repository)).findings).toMatchObject([
      { rule: "evidence/broken-chain", level: "warn" },
    ]);
    repository.git("branch", "-D", "other");
    expect((await verify(repository)).findings).toMatchObject([
      { rule: "evidence/broken-chain", level: "block" },
    ]);
  });

  it("prints the other formats", async () => {
    const repository = temporaryRepository();
    repository.write(FILE, "{}\n");
    const { out } = await repository.runCli(["evidence", "verify", "--format", "github"]);
    expect(out).toContain(`::error file=${FILE},line=1,title=evidence/missing-field::`);
  });
});

/** Half an evidence file of one thread: 20 MB, which two of make worth a second thread. */
function manyEntries(prefix: string): string {
  const more = { purpose: "read the API ".repeat(80) };
  return Array.from({ length: 17_000 }, (_, index) => entry(`${prefix}-${index}`, more)).join("\n");
}

/** Throws or ends in every thread but the first. */
const endsThreads = (how: string) => `if (!require("node:worker_threads").isMainThread) ${how};\n`;

describe("evidence verify of much evidence", () => {
  const repository = temporaryRepository();
  const folder = "artifacts/builder/2026-01-05/mcp";
  repository.write(`${folder}/a.jsonl`, `${manyEntries("a")}\n${entry("same")}\n`);
  const late = [entry("same"), "{", entry("4", { tool: "" }), entry("5", { session: "s", prev: "0" })];
  repository.write(`${folder}/b.jsonl`, `${manyEntries("b")}\n${late.join("\n")}\n`);

  it("says on two threads what it says of a commit, which one thread reads", async () => {
    repository.commit("Consult much");
    const { findings, rules } = await verify(repository);
    expect(rules).toEqual([
      "invalid-json:17002",
      "missing-field:17003",
      "broken-chain:17004",
      "duplicate-request-id:17001",
    ]);
    expect(findings).toEqual((await verify(repository, "--head", "HEAD")).findings);
  });

  it.each([
    ["throws", 'throw new Error("planted")', "planted"],
    ["ends", "process.exit(0)", "ended with code 0"],
  ])("is never passed when a thread %s", async (_, how, said) => {
    repository.write("planted.cjs", endsThreads(how));
    const env = { NODE_OPTIONS: `--require ${join(repository.folder, "planted.cjs")}` };
    const { code, out, err } = await repository.runCli(["evidence", "verify"], { env });
    expect({ code, out }).toEqual({ code: 3, out: "" });
    expect(err).toContain("INTERNAL");
    expect(err).toContain(said);
  });
});
