import { describe, expect, it } from "vitest";
import { type TemporaryRepository, temporaryRepository } from "../../../test/harness/temporary-repository.ts";
import { openRepository, readRange } from "../../platform/git/index.ts";
import { type Config, parseConfig } from "../config/index.ts";
import type { CitedPath } from "./evidence-facts.ts";
import { gatherEvidence } from "./gather-evidence.ts";
import { judgeEvidence } from "./judge-evidence.ts";
import { sumOf } from "./search-history.ts";

const FILE = "artifacts/builder/2026-01-05/mcp/context7.jsonl";

const LATER = "2026-01-05T09:00:01Z";

function line(id: string, more: Record<string, unknown> = {}): string {
  const entry = { tool: "context7", doc_ref: "https://example.com/a", request_id: id };
  return `${JSON.stringify({ ...entry, timestamp: "2026-01-05T09:00:00Z", purpose: "read the API", ...more })}\n`;
}

async function gather(
  made: TemporaryRepository,
  { cited = null, config = parseConfig("{}") }: { cited?: CitedPath[] | null; config?: Config } = {},
) {
  const repository = await openRepository(made.folder);
  const range = await readRange(repository, made.git("rev-parse", "main"), made.git("rev-parse", "HEAD"));
  const facts = await gatherEvidence(repository, range, config, { cited, imports: new Map() });
  return { facts, rules: judgeEvidence(facts, config).map(({ rule }) => rule) };
}

describe("the evidence of a range", () => {
  it("counts lines that the branch brought, and passes a clean change", async () => {
    const made = temporaryRepository({ [FILE]: line("1"), "src/a.ts": "1\n" });
    made.branch("topic");
    made.write("src/a.ts", "2\n");
    made.write(FILE, line("1") + line("2"));
    made.commit("Change a");
    const { facts, rules } = await gather(made, { cited: [{ path: FILE, line: 3 }] });
    expect(rules).toEqual([]);
    expect(facts).toMatchObject({ changedCode: ["src/a.ts"], newLines: 1, tools: ["context7"] });
    expect(facts.cited).toEqual([{ path: FILE, line: 3, state: "found", lines: 2, newLines: 1 }]);
    expect(JSON.parse(JSON.stringify(facts))).toEqual(facts);
  });

  it.each(["edit", "run", "other", "made up"])("counts no line that tells of %j", async (action) => {
    const made = temporaryRepository({ [FILE]: line("1"), "src/a.ts": "1\n" });
    made.branch("topic");
    made.write("src/a.ts", "2\n");
    made.write(FILE, line("1") + line("2", { action, tool: "edit" }));
    made.commit("Change a");
    const { facts, rules } = await gather(made, {
      config: parseConfig('{"evidence":{"tools":["context7"]}}'),
    });
    expect(rules).toEqual(["evidence/missing"]);
    expect(facts).toMatchObject({ newLines: 0, tools: [] });
  });

  it("takes the same call for repeated only where the same kind of recorder tells it", async () => {
    const made = temporaryRepository({ [FILE]: line("1"), "src/a.ts": "1\n" });
    made.branch("topic");
    made.write("src/a.ts", "2\n");
    const by = (kind: string) => line("2", { recorder: { kind, name: "x", version: "1" }, timestamp: LATER });
    made.write(FILE, line("1") + by("hook") + by("transcript"));
    made.commit("Change a");
    expect((await gather(made)).rules).toEqual([]);
    made.write(FILE, line("1") + by("hook") + by("transcript") + by("hook"));
    made.commit("Repeat it");
    expect((await gather(made)).rules).toEqual(["evidence/duplicate-request-id"]);
  });

  it("does not take lines for new that were copied from another file of the base", async () => {
    const made = temporaryRepository({ [FILE]: line("1"), "src/a.ts": "1\n" });
    made.branch("topic");
    made.write("src/a.ts", "2\n");
    const copy = "artifacts/other/2026-01-05/mcp/web.jsonl";
    made.write(copy, line("1"));
    made.commit("Change a");
    const { facts, rules } = await gather(made, { cited: [{ path: copy, line: 1 }] });
    expect(rules).toEqual(["evidence/missing", "evidence/reused"]);
    expect(facts.copiedLines).toBe(1);
  });

  it.each([
    ["a space added", (text: string) => text.replace('{"', '{ "')],
    [
      "its keys in another order",
      (text: string) => JSON.stringify(Object.fromEntries(Object.entries(JSON.parse(text)).reverse())),
    ],
    ["its time written otherwise", (text: string) => text.replace("T09:00:00Z", "T03:00:00.000-06:00")],
    ["another tool named", (text: string) => text.replace('"context7"', '"shopify-dev"')],
    ["a key escaped", (text: string) => text.replace("request_id", "request\\u005fid")],
  ])("does not take a line for new that was copied with %s", async (_, change) => {
    const made = temporaryRepository({ [FILE]: line("1"), "src/a.ts": "1\n" });
    made.branch("topic");
    made.write("src/a.ts", "2\n");
    made.write(FILE.replace("context7", "web"), `${change(line("1").trim())}\n`);
    made.write(FILE.replace("builder", "zoe"), `${change(line("1").trim())}\n`);
    made.commit("Change a");
    const { facts, rules } = await gather(made);
    expect(rules).toEqual(["evidence/missing"]);
    expect(facts).toMatchObject({ newLines: 0, copiedLines: 2 });
  });

  it("knows a copied line behind escapes and spaces at the base", async () => {
    const written = line("1").replace('"request_id":', '"request\\u005fid" : ');
    const made = temporaryRepository({ [FILE]: written, "src/a.ts": "1\n" });
    made.branch("topic");
    made.write("src/a.ts", "2\n");
    made.write(FILE.replace("builder", "zoe"), line("1"));
    made.commit("Change a");
    expect((await gather(made)).rules).toEqual(["evidence/missing"]);
  });

  it("takes a line for new whose id was used before at another time", async () => {
    const made = temporaryRepository({ [FILE]: line("1"), "src/a.ts": "1\n" });
    made.branch("topic");
    made.write("src/a.ts", "2\n");
    made.write(FILE, line("1") + line("1", { timestamp: LATER }));
    made.commit("Change a");
    expect((await gather(made)).rules).toEqual(["evidence/duplicate-request-id"]);
  });

  it.each([
    ["artifacts/builder/2026-13-05/mcp/a.jsonl", "no date"],
    ["artifacts/builder/2026-01-05/a.jsonl", "`mcp/`"],
    ["artifacts/builder/2026-01-05/mcp/a.json", "`.jsonl`"],
  ])("names %s as a file that nobody reads", async (path, reason) => {
    const made = temporaryRepository({ "src/a.ts": "1\n", "artifacts/old/a.jsonl": "\n" });
    made.branch("topic");
    made.write("src/a.ts", "2\n");
    made.write("artifacts/aa/2026-01-05/heartbeat.ndjson", "{}\n");
    made.write("artifacts/notes.md", "\n");
    made.write(path, line("1"));
    made.commit("Change a");
    const { facts } = await gather(made);
    expect(facts.misplaced).toEqual({ path, reason: expect.stringContaining(reason) });
  });

  it("does not take lines for new that another branch has brought to the target since", async () => {
    const made = temporaryRepository({ "src/a.ts": "1\n" });
    made.branch("topic");
    made.write("src/a.ts", "2\n");
    made.write(FILE, line("1"));
    made.commit("Change a");
    made.move("main");
    made.write(FILE, line("1"));
    made.commit("Squash");
    made.move("topic");
    expect((await gather(made)).rules).toEqual(["evidence/missing"]);
  });

  it("says nothing about lines that were broken before", async () => {
    const made = temporaryRepository({ [FILE]: `{"tool":1}\nnot json\n`, "src/a.ts": "1\n" });
    made.branch("topic");
    made.write(FILE, `{"tool":1}\nnot json\n${line("2")}`);
    made.commit("Append");
    expect((await gather(made)).rules).toEqual([]);
    made.git("reset", "--quiet", "--hard", "main");
    made.git("mv", FILE, FILE.replace("context7", "moved"));
    made.commit("Move");
    expect((await gather(made)).rules).toEqual([]);
  });

  it("names an id that stands in the agent's earlier evidence, and no other agent's", async () => {
    const made = temporaryRepository({ [FILE]: line("1"), "README.md": "\n" });
    made.branch("topic");
    made.write(FILE.replace("context7", "web"), line("1", { timestamp: LATER }));
    made.write(FILE.replace("builder", "tester"), line("1", { timestamp: LATER }));
    made.commit("Add evidence");
    const { facts } = await gather(made);
    expect(facts.lineFindings).toEqual([
      {
        rule: "evidence/duplicate-request-id",
        message: `request_id "1" stands in ${FILE} already`,
        file: FILE.replace("context7", "web"),
        line: 1,
      },
    ]);
  });

  it.each([
    ["spaces", `{ "request_id" : "7", "tool": 1 }`],
    ["an escaped key", `{"request\\u005fid":"7"}`],
    ["an escaped value", `{"request_id":"\\u0037"}`],
    ["a decoy", `{"meta":{"request_id":"8"},"request_id":"7"}`],
    ["another agent's copy", line("7")],
  ])("finds an earlier id behind %s", async (_, earlier) => {
    const copy = FILE.replace("builder", "zoe");
    const made = temporaryRepository({ [FILE]: `${earlier}\n`, [copy]: `${earlier}\n`, "README.md": "\n" });
    made.branch("topic");
    for (const file of [FILE, copy])
      made.write(
        file.replace("context7", "web"),
        line("7", { timestamp: LATER, purpose: `again in ${file}` }),
      );
    made.commit("Add evidence");
    expect((await gather(made)).rules).toEqual(Array(2).fill("evidence/duplicate-request-id"));
  });

  it("leaves rewritten heartbeats to their own guard", async () => {
    const beat = "artifacts/builder/2026-01-05/heartbeat.ndjson";
    const made = temporaryRepository({ [beat]: "{}\n", [FILE]: line("1") });
    made.branch("topic");
    made.write(beat, "[]\n");
    made.write(FILE, line("2"));
    made.commit("Rewrite both");
    expect((await gather(made)).facts.rewrites.map(({ file }) => file)).toEqual([FILE]);
  });

  it("follows a chain over files and over the base", async () => {
    const first = line("1", { session: "s" });
    const second = line("2", { session: "s", prev: sumOf(first.trim()) });
    const third = line("3", { session: "s", prev: sumOf(second.trim()) });
    const made = temporaryRepository({ [FILE]: first, "README.md": "\n" });
    made.branch("topic");
    made.write(FILE, first + third);
    made.write(FILE.replace("context7", "web"), second);
    made.commit("Add evidence");
    expect((await gather(made)).rules).toEqual([]);
    made.git("rm", "-q", FILE.replace("context7", "web"));
    made.commit("Remove");
    const { facts, rules } = await gather(made);
    expect(rules).toEqual(["evidence/broken-chain", "evidence/rewritten"]);
    expect(facts.lineFindings[0]).toMatchObject({ file: FILE, line: 2, ceiling: "warn" });
  });

  it("blocks on a chain whose missing line nobody committed", async () => {
    const made = temporaryRepository({ "README.md": "\n" });
    made.branch("topic");
    made.write(FILE, line("2", { session: "s", prev: "0".repeat(64) }) + line("3", { session: "s" }));
    made.commit("Add evidence");
    const { facts } = await gather(made);
    expect(facts.lineFindings.map(({ rule, ceiling }) => [rule, ceiling])).toEqual([
      ["evidence/broken-chain", undefined],
    ]);
  });

  it("looks up what became of cited files", async () => {
    const made = temporaryRepository({ [FILE]: line("1"), ".gitignore": "other/\n" });
    made.branch("topic");
    const other = "artifacts/other/2026-01-05/mcp/a.jsonl";
    made.write(other, line("1"));
    made.write("artifacts/a/2026-01-05/mcp/empty.jsonl", "\n\n");
    made.git("config", "core.symlinks", "true");
    const { symlinkSync } = await import("node:fs");
    symlinkSync("/etc/passwd", `${made.folder}/artifacts/a/2026-01-05/mcp/link.jsonl`);
    made.commit("Add");
    const paths = [
      FILE,
      other,
      FILE.replace("context7", "gone"),
      "artifacts/a/2026-01-05/mcp/link.jsonl",
      "artifacts/a/2026-01-05/mcp/empty.jsonl",
      "artifacts/builder/2026-01-05/../../../etc/passwd",
      "/etc/passwd",
    ];
    const { facts } = await gather(made, { cited: paths.map((path, at) => ({ path, line: at + 1 })) });
    expect(facts.cited?.map(({ state }) => state)).toEqual([
      "found",
      "untracked",
      "not-found",
      "bad-path",
      "found",
      "bad-path",
      "bad-path",
    ]);
    expect(facts.cited?.[4]).toMatchObject({ lines: 0 });
  });

  it("counts recorded lines, and a broken chain as no more than claimed", async () => {
    const made = temporaryRepository({ "README.md": "\n" });
    made.branch("topic");
    const recorder = { kind: "hook", name: "recorder", version: "1" };
    const first = line("1", { session: "s", seq: 1, recorder });
    made.write(FILE, first + line("2", { session: "s", seq: 2, recorder }) + line("3"));
    made.commit("Add");
    expect((await gather(made)).facts.assurance).toEqual({
      claimed: 2,
      recorded: 1,
      receipted: 0,
    });
  });

  it("survives fields of every other type", async () => {
    const made = temporaryRepository({ [FILE]: line("1"), "README.md": "\n" });
    made.branch("topic");
    const odd = { toString: 1, __proto__: null };
    const fields = { tool: odd, request_id: odd, session: odd, prev: odd, redacted: odd, timestamp: odd };
    made.write(FILE, line("1") + line("2", fields));
    made.commit("Add");
    expect((await gather(made)).rules).toEqual(["evidence/missing-field"]);
  });

  it("takes a line back under a redaction without asking it for fields", async () => {
    const made = temporaryRepository({ [FILE]: line("1"), "README.md": "\n" });
    made.branch("topic");
    const sha256 = sumOf(line("1").trim());
    made.write(FILE, `{"redacted":"${sha256}"}\n`);
    made.write(
      "artifacts/redactions.jsonl",
      `${JSON.stringify({ sha256, reason: "key", approver: "eve" })}\n`,
    );
    made.commit("Redact");
    expect((await gather(made)).rules).toEqual(["evidence/redacted"]);
  });
});
