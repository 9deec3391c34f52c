import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { isPathPart, parseRecordPath } from "./record-path.ts";

describe("parseRecordPath", () => {
  it("takes evidence and heartbeat files apart", () => {
    expect(parseRecordPath("artifacts/ada/2026-01-31/mcp/docs.jsonl")).toEqual({
      path: "artifacts/ada/2026-01-31/mcp/docs.jsonl",
      kind: "evidence",
      agent: "ada",
      date: "2026-01-31",
    });
    expect(parseRecordPath("artifacts/ada/2026-01-31/mcp/topic/docs.jsonl")?.kind).toBe("evidence");
    expect(parseRecordPath("artifacts/ada/2026-01-31/heartbeat.ndjson")?.kind).toBe("heartbeat");
    expect(parseRecordPath("artifacts/ada/2026-01-31/heartbeat.s-1.ndjson")?.kind).toBe("heartbeat");
  });

  it.each([
    "",
    "artifacts",
    "artifacts/ada/2026-01-31/mcp/",
    "artifacts/ada/2026-01-31/mcp/docs.json",
    "artifacts/ada/2026-01-31/docs.jsonl",
    "artifacts/ada/2026-02-29/mcp/docs.jsonl",
    "artifacts/ada/2026-1-31/mcp/docs.jsonl",
    "artifacts//2026-01-31/mcp/docs.jsonl",
    "artifacts/../2026-01-31/mcp/docs.jsonl",
    "artifacts/./2026-01-31/mcp/docs.jsonl",
    "artifacts/ada/2026-01-31/mcp/../../x.jsonl",
    "artifacts/ada/2026-01-31/mcp/./x.jsonl",
    "artifacts/ada/2026-01-31/mcp//x.jsonl",
    "artifacts/ada/2026-01-31/mcp/a\0.jsonl",
    "artifacts/ada/2026-01-31/mcp/docs.jsonl\n",
    "artifacts/ada/2026-01-31/heartbeat.a/b.ndjson",
    "artifacts/ada/2026-01-31/heartbeatx.ndjson",
    "/artifacts/ada/2026-01-31/mcp/docs.jsonl",
    "./artifacts/ada/2026-01-31/mcp/docs.jsonl",
    "x/artifacts/ada/2026-01-31/mcp/docs.jsonl",
    "artifacts/ada/2026-01-31/mcp\\docs.jsonl",
  ])("takes %j for no record", (path) => {
    expect(parseRecordPath(path)).toBeNull();
  });

  it("never takes a path for a record that leads elsewhere", () => {
    const part = fc.constantFrom("artifacts", "ada", "2026-01-31", "mcp", "..", ".", "", "a.jsonl", "\0");
    fc.assert(
      fc.property(fc.array(part, { maxLength: 8 }), (parts) => {
        const found = parseRecordPath(parts.join("/"));
        if (found) expect(parts.some((each) => ["..", ".", "", "\0"].includes(each))).toBe(false);
      }),
      { numRuns: 2_000 },
    );
  });

  it("takes every path for a record that its parts make", () => {
    const part = fc.string({ unit: "grapheme-ascii" }).filter(isPathPart);
    fc.assert(
      fc.property(part, part, (agent, topic) => {
        expect(parseRecordPath(`artifacts/${agent}/2026-01-31/mcp/${topic}.jsonl`)?.agent).toBe(agent);
        expect(parseRecordPath(`artifacts/${agent}/2026-01-31/heartbeat.${topic}.ndjson`)?.agent).toBe(agent);
      }),
    );
  });
});

describe("isPathPart", () => {
  it.each(["ada", "ENG-042", "agent_1", "@scope", "a.b"])("accepts %j", (text) => {
    expect(isPathPart(text)).toBe(true);
  });

  it.each(["", ".", "..", ".git", "-x", "a/b", "a\\b", "a b", "a\n", "ü", "a.", "con:", "x".repeat(101)])(
    "refuses %j",
    (text) => {
      expect(isPathPart(text)).toBe(false);
    },
  );
});
