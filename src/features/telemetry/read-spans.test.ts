import { describe, expect, it } from "vitest";
import { readSpans } from "./read-spans.ts";

const text = (key: string, stringValue: string) => ({ key, value: { stringValue } });
const span = (more: object, ...attributes: object[]) => ({
  traceId: "0af7",
  spanId: "01",
  startTimeUnixNano: "1000000000",
  endTimeUnixNano: "3000000000",
  ...more,
  attributes,
});
const readOne = (...spans: object[]) => readSpans({ resourceSpans: [{ scopeSpans: [{ spans }] }] });

describe("readSpans", () => {
  it("tells calls by the conventions, and other operations as deeds without a call", () => {
    const read = readOne(
      span(
        { spanId: "01" },
        text("gen_ai.operation.name", "execute_tool"),
        text("gen_ai.tool.name", "mcp__docs__find"),
      ),
      span(
        { spanId: "02" },
        text("mcp.method.name", "tools/call"),
        text("gen_ai.tool.name", "find"),
        text("server.address", "mcp.example.com"),
      ),
      span(
        { spanId: "03" },
        text("mcp.method.name", "resources/read"),
        text("mcp.resource.uri", "https://example.com/a"),
      ),
      span({ spanId: "04" }, text("gen_ai.operation.name", "chat")),
      span({ spanId: "05", kind: 2 }, text("mcp.method.name", "tools/call")),
      span({ spanId: "06" }, text("http.request.method", "GET")),
      span({ spanId: "07", startTimeUnixNano: "0" }, text("gen_ai.operation.name", "chat")),
    );
    expect(read.map(({ call }) => call && [call.id, call.tool, call.server, call.resource])).toEqual([
      ["span:0af7:01", "find", "docs", undefined],
      ["span:0af7:02", "find", "mcp.example.com", undefined],
      ["span:0af7:03", "read_mcp_resource", undefined, "https://example.com/a"],
      null,
    ]);
    expect(read[0]).toMatchObject({
      session: "0af7",
      at: 3_000,
      call: { at: 1_000, durationMs: 2_000, outcome: "ok" },
    });
  });

  it("counts a call and the MCP request within it once, as failed when either failed", () => {
    const outer = span(
      { spanId: "01" },
      text("gen_ai.operation.name", "execute_tool"),
      text("gen_ai.tool.name", "find"),
    );
    const inner = span(
      { spanId: "02", parentSpanId: "01", status: { code: 2 } },
      text("mcp.method.name", "tools/call"),
      text("mcp.server.name", "docs"),
    );
    const read = readOne(inner, outer);
    expect(read.map(({ call }) => [call?.id, call?.server, call?.outcome])).toEqual([
      ["span:0af7:01", "docs", "error"],
    ]);
  });
});
