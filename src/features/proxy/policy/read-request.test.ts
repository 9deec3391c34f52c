import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { readRequests } from "./read-request.ts";

const read = (line: string | Uint8Array) => readRequests(Buffer.from(line as string));
const call = (name: string) => ({ jsonrpc: "2.0", id: 7, method: "tools/call", params: { name } });

describe("a message before a policy", () => {
  it("is a call with its tool", () => {
    expect(read(JSON.stringify(call("drop")))).toEqual([{ kind: "call", id: 7, tool: "drop" }]);
  });

  it("is a call however its words are written", () => {
    const line = String.raw`{"id":7,"method":"tools\u002fcall","params":{"n\u0061me":"dr\u006fp"}}`;
    expect(read(line)).toEqual([{ kind: "call", id: 7, tool: "drop" }]);
    expect(read(line.replace(String.raw`\u002f`, String.raw`\/`))).toEqual([
      { kind: "call", id: 7, tool: "drop" },
    ]);
  });

  it("is several calls where one line holds several", () => {
    const kinds = read(JSON.stringify([call("a"), { id: 8, method: "ping" }, call("b")]));
    expect(kinds.map(({ kind }) => kind)).toEqual(["call", "other", "call"]);
  });

  it("is a call of no tool where no name is given", () => {
    expect(read('{"id":1,"method":"tools/call"}')).toEqual([{ kind: "call", id: 1, tool: "" }]);
  });

  it.each([
    ["the method stands twice", '{"id":1,"method":"ping","method":"tools/call","params":{"name":"a"}}'],
    ["the name stands twice", '{"id":1,"method":"tools/call","params":{"name":"a","name":"b"}}'],
    [
      "one of the names is escaped",
      String.raw`{"id":1,"method":"tools/call","params":{"name":"a","n\u0061me":"b"}}`,
    ],
    ["a name stands in other letters too", '{"id":1,"method":"tools/call","params":{"name":"a","Name":"b"}}'],
    ["the method is in other letters", '{"id":1,"Method":"tools/call","params":{"name":"a"}}'],
    ["two messages are glued", `{"id":1,"method":"ping"}${JSON.stringify(call("a"))}`],
    ["it is cut short", JSON.stringify(call("a")).slice(0, -1)],
    ["it begins with a byte order mark", `\ufeff${JSON.stringify(call("a"))}`],
  ])("is ambiguous when %s", (_, line) => {
    expect(read(line)).toEqual([expect.objectContaining({ kind: "ambiguous" })]);
  });

  it("is ambiguous when it is no UTF-8", () => {
    const line = Buffer.from(JSON.stringify(call("aX")));
    line[line.indexOf("X")] = 0xff;
    expect(read(line)).toEqual([{ kind: "ambiguous", id: null }]);
  });

  it("is what it is where a tool's own arguments hold names in two cases, or quotes and braces", () => {
    const given = { name: "drop", arguments: { path: 'a"}{', Path: "b", deep: [{ name: 1 }, { name: 2 }] } };
    expect(read(JSON.stringify({ ...call(""), params: given }))).toEqual([
      { kind: "call", id: 7, tool: "drop" },
    ]);
  });

  it("is read as JSON.parse reads it, whatever its arguments are", () => {
    fc.assert(
      fc.property(fc.string({ minLength: 1 }), fc.json(), (tool, given) => {
        const params = { name: tool, arguments: JSON.parse(given) as unknown };
        expect(read(JSON.stringify({ ...call(""), params }))).toEqual([{ kind: "call", id: 7, tool }]);
      }),
    );
  });

  it("is something else where it answers, notifies or asks for anything else", () => {
    expect(read('{"id":1,"result":{"text":"tools/call"}}')).toEqual([{ kind: "other", id: undefined }]);
    expect(read('{"method":"notifications/initialized"}')).toEqual([{ kind: "other", id: undefined }]);
    expect(read("garbage")).toEqual([{ kind: "other", id: undefined }]);
  });
});
