import fc from "fast-check";
import protobuf from "protobufjs";
import { describe, expect, it } from "vitest";
import { decodeExport } from "./decode-export.ts";
import { messageType } from "./message-type.ts";
import { parseExport } from "./parse-export.ts";
import { SIGNALS } from "./signal.ts";

/** Bytes within a field of the given number, in so many messages around them. */
function wrap(bytes: Uint8Array, ...fields: readonly number[]): Uint8Array {
  return fields.reduce(
    (inner, field) =>
      protobuf.Writer.create()
        .uint32(field * 8 + 2)
        .bytes(inner)
        .finish(),
    bytes,
  );
}
const encode = (request: object) => {
  const type = messageType("traces", "Request");
  return type.encode(type.fromObject(request)).finish();
};
const json = (value: unknown) => Buffer.from(JSON.stringify(value));

describe("decodeExport", () => {
  it("reads the same from bytes as is read from JSON, and nothing that is not wanted", () => {
    const attributes = [
      { key: "gen_ai.tool.name", value: { stringValue: "ü" } },
      { key: "n", value: { intValue: "9007199254740993" } },
      { key: "list", value: { arrayValue: { values: [{ stringValue: "CONTENT" }] } } },
    ];
    const span = {
      name: "x",
      startTimeUnixNano: "1795686809496000001",
      attributes,
      events: [{ name: "CONTENT", attributes }],
      status: { code: 2, message: "CONTENT" },
    };
    const request = { resourceSpans: [{ scopeSpans: [{ spans: [span, span] }] }] };
    const decoded = decodeExport("traces", encode(request));
    expect(decoded).toEqual(parseExport("traces", json(request)));
    expect(JSON.stringify(decoded)).toContain('"startTimeUnixNano":"1795686809496000001"');
    expect(JSON.stringify(decoded)).not.toContain("CONTENT");
  });

  it("refuses lengths beyond the message, and more messages than anybody sends", () => {
    const long = wrap(Uint8Array.from([0x0a, 0x7f]), 2, 2, 1);
    expect(() => decodeExport("traces", long)).toThrow("index out of range");
    expect(() => decodeExport("traces", Uint8Array.from([0x0a, 0xff, 0xff, 0xff, 0xff, 0x0f]))).toThrow(
      "no export request",
    );
    const empty = new Uint8Array(1 << 20).map((_, index) => (index % 2 === 0 ? 0x4a : 0));
    expect(() => decodeExport("traces", wrap(empty, 2, 2, 1))).toThrow("over 400000 messages");
    const many = json({ resourceSpans: Array(400_001).fill({}) });
    expect(() => parseExport("traces", many)).toThrow("over 400000 messages");
  });

  it("passes over what nests in itself, however deep", () => {
    const deep = Array.from({ length: 5_000 }).reduce<Uint8Array>(
      (inner) => wrap(inner, 1, 5),
      new Uint8Array(),
    );
    expect(decodeExport("traces", wrap(deep, 2, 9, 2, 2, 1))).toMatchObject({ resourceSpans: [{}] });
    const groups = Uint8Array.from(Array(5_000).fill(0x7b));
    expect(() => decodeExport("traces", groups)).toThrow("no export request");
  });

  it("answers any bytes with a message or a refusal, and in a bounded time", () => {
    fc.assert(
      fc.property(fc.constantFrom(...SIGNALS), fc.uint8Array({ maxLength: 200 }), (signal, bytes) => {
        for (const read of [decodeExport, parseExport])
          try {
            expect(read(signal, bytes)).toBeTypeOf("object");
          } catch (error) {
            expect(error).toMatchObject({ code: "INPUT_INVALID" });
          }
      }),
    );
  });
});
