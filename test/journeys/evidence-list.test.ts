import { describe, expect, it } from "vitest";
import { temporaryRepository } from "../harness/temporary-repository.ts";

function line(id: string, hour: number, more: Record<string, unknown> = {}): string {
  const fields = { tool: "web", doc_ref: "https://example.com/a", request_id: id, purpose: "read" };
  const timestamp = `2026-01-05T${String(hour).padStart(2, "0")}:00:00Z`;
  return `${JSON.stringify({ ...fields, timestamp, ...more })}\n`;
}

function repositoryWithEvidence() {
  return temporaryRepository({
    "artifacts/ada/2026-01-05/mcp/web.jsonl": line("1", 9, { task: "ENG-1" }) + line("2", 12),
    "artifacts/bob/2026-01-05/mcp/web.jsonl": `not json\n${line("3", 10, { purpose: "\u001b[31mred\nline" })}`,
    "artifacts/bob/2026-01-06/mcp/web.jsonl": line("4", 11, { tool: "context7" }),
  });
}

describe("evidence list", () => {
  const ids = async (...words: string[]) => {
    const { out } = await repositoryWithEvidence().runCli(["evidence", "list", "--json", ...words]);
    return (JSON.parse(out) as { entry: { request_id: string } }[]).map(({ entry }) => entry.request_id);
  };

  it("prints a table in which foreign text cannot move the cursor, and says what it left out", async () => {
    const { code, out, err } = await repositoryWithEvidence().runCli(["evidence", "list"]);
    expect(code).toBe(0);
    expect(out.split("\n")).toHaveLength(6);
    expect(out).toMatch(/^time +agent +tool +doc_ref +purpose\n2026-01-05T09:00:00Z +ada +web/);
    expect(out).toContain("\\u{1b}[31mred line");
    expect(err).toContain("1 line or file is not listed");
  });

  it("filters by agent, task, tool and date", async () => {
    expect(await ids()).toEqual(["1", "2", "3", "4"]);
    expect(await ids("--agent", "bob")).toEqual(["3", "4"]);
    expect(await ids("--task", "ENG-1")).toEqual(["1"]);
    expect(await ids("--tool", "context7")).toEqual(["4"]);
    expect(await ids("--since", "2026-01-06")).toEqual(["4"]);
    expect(await ids("--until", "2026-01-05")).toEqual(["1", "2", "3"]);
    expect(await ids("--agent", "nobody")).toEqual([]);
  });

  it("limits to the newest, in time order", async () => {
    expect(await ids("--limit", "3")).toEqual(["3", "4", "2"]);
  });

  it("reads a commit, also in a bare repository", async () => {
    const bare = repositoryWithEvidence().bareClone();
    const { out } = await bare.runCli(["evidence", "list", "--head", "main", "--json", "--agent", "ada"]);
    expect(JSON.parse(out)).toMatchObject([
      { file: "artifacts/ada/2026-01-05/mcp/web.jsonl", line: 1, entry: { request_id: "1", task: "ENG-1" } },
      { line: 2 },
    ]);
  });

  it("refuses what is no date or number", async () => {
    const repository = repositoryWithEvidence();
    for (const words of [
      ["--since", "yesterday"],
      ["--until", "2026-02-30"],
      ["--limit", "0"],
      ["--limit", "many"],
    ])
      expect((await repository.runCli(["evidence", "list", ...words])).code).toBe(2);
  });
});
