import { describe, expect, it } from "vitest";
import { CallPairs, type PairedCall } from "./pair-calls.ts";
import type { Origin } from "./seen-messages.ts";

type Row = [from: Origin, message: unknown];

function pair(rows: readonly Row[]): { calls: PairedCall[]; rest: PairedCall[]; pairs: CallPairs } {
  const pairs = new CallPairs();
  const calls = rows.flatMap(([from, message], at) => {
    const text = typeof message === "string" ? message : JSON.stringify(message);
    return pairs.take({ from, at, bytes: Buffer.from(text) });
  });
  return { calls, rest: pairs.rest(), pairs };
}

const ask = (id: unknown, name = "look", given: object = { q: 1 }): Row => [
  "client",
  { jsonrpc: "2.0", id, method: "tools/call", params: { name, arguments: given } },
];
const answer = (id: unknown, result: object): Row => ["server", { jsonrpc: "2.0", id, result }];

describe("calls and their answers", () => {
  it("are matched by identifier, in whichever order they come", () => {
    const { calls } = pair([
      ask(1),
      ask("1", "find"),
      answer("1", { content: [] }),
      answer(1, { isError: true }),
    ]);
    expect(calls).toEqual([
      { tool: "find", input: { q: 1 }, at: 1, outcome: "ok", durationMs: 1, output: { content: [] } },
      { tool: "look", input: { q: 1 }, at: 0, outcome: "error", durationMs: 3, output: { isError: true } },
    ]);
  });

  it("end in an error where the protocol says so", () => {
    const { calls } = pair([ask(1), ["server", { id: 1, error: { code: -32602, message: "no" } }]]);
    expect(calls).toMatchObject([{ outcome: "error", output: { code: -32602 } }]);
  });

  it("are not answered by a request of the server that bears the same identifier", () => {
    const { calls, rest } = pair([
      ask(1),
      ["server", { id: 1, method: "sampling/createMessage", params: {} }],
    ]);
    expect(calls).toEqual([]);
    expect(rest).toMatchObject([{ tool: "look", more: { unanswered: true } }]);
  });

  it("end when the client gives up", () => {
    const { calls, rest } = pair([
      ask(1),
      ["client", { method: "notifications/cancelled", params: { requestId: 1 } }],
      answer(1, {}),
    ]);
    expect(calls).toMatchObject([{ outcome: "error", more: { cancelled: true } }]);
    expect(rest).toEqual([]);
  });

  it("that were denied are told with no answer", () => {
    const [, message] = ask(1);
    expect(pair([["denied", message]]).calls).toMatchObject([{ tool: "look", outcome: "denied" }]);
  });

  it("that ask for input, or run on as a task, say so", () => {
    const { calls } = pair([
      ask(1),
      answer(1, { resultType: "input_required", inputRequests: {} }),
      ask(2),
      answer(2, { task: { taskId: "t" } }),
      ask(3),
      answer(3, { resultType: "complete", content: [] }),
    ]);
    expect(calls.map(({ more }) => more?.result)).toEqual(["input_required", "task", undefined]);
  });

  it("of one line with several messages are several calls", () => {
    const both = [ask(1)[1], ask(2, "find")[1]];
    expect(pair([["client", both], answer(2, {})]).calls).toMatchObject([{ tool: "find" }]);
  });

  it("are not upset by what is no message", () => {
    const rows: Row[] = ["garbage", "null", "[]", "7", '{"id":1}{"id":2}', '{"method":"tools/call"}'].flatMap(
      (text): Row[] => [
        ["client", text],
        ["server", text],
      ],
    );
    expect(pair(rows).calls).toEqual([]);
  });

  it("that take the identifier of an open one do not hide it", () => {
    const { calls, rest } = pair([ask(1, "first"), ask(1, "second"), answer(1, {})]);
    expect(calls.map(({ tool, more }) => [tool, more])).toEqual([
      ["first", { unanswered: true }],
      ["second", undefined],
    ]);
    expect(rest).toEqual([]);
  });

  it.each([
    ["initialize", { serverInfo: { name: "Docs", version: "2" } }],
    ["server/discover", { _meta: { "io.modelcontextprotocol/serverInfo": { name: "Docs", version: "2" } } }],
  ])("come with what the server says of itself on %s", (method, result) => {
    const { pairs } = pair([["client", { id: 0, method }], answer(0, result)]);
    expect(pairs.server).toEqual({ name: "Docs", version: "2" });
  });
});
