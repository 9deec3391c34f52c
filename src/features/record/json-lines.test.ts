import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { JsonLines, MAX_LINE_BYTES, readJsonLines } from "./json-lines.ts";

/** What a reader is told of these chunks, one text per event. */
function eventsOf(...chunks: (string | Uint8Array)[]): string[] {
  const events: string[] = [];
  const reader = new JsonLines({
    object: (value, line) => events.push(`${line} ${JSON.stringify(value).slice(0, 80)}`),
    problem: ({ kind, line, column, message }) => events.push(`${line}:${column} ${kind}: ${message}`),
  });
  for (const chunk of chunks) reader.write(Buffer.from(chunk));
  const { lines, objects } = reader.end();
  return [...events, `${lines} lines, ${objects} objects`];
}

describe("JsonLines", () => {
  it("accepts blank lines, CRLF, a BOM and a missing last newline", () => {
    expect(eventsOf('\ufeff{"a":1}\r\n\n \t\r\n{"b":2}')).toEqual([
      '1 {"a":1}',
      '4 {"b":2}',
      "4 lines, 2 objects",
    ]);
  });

  it("reads nothing from nothing", () => {
    expect(eventsOf("")).toEqual(["0 lines, 0 objects"]);
    expect(eventsOf()).toEqual(["0 lines, 0 objects"]);
  });

  it("reports a broken line with its place and reads the others", () => {
    expect(eventsOf('{"a":1}\n{"b":}\n{"c":3}\n')).toEqual([
      '1 {"a":1}',
      "2:6 invalid-json: the line is not JSON: value expected",
      '3 {"c":3}',
      "3 lines, 2 objects",
    ]);
  });

  it("names both objects that were glued on one line", () => {
    expect(eventsOf('{"request_id":"r1"}{"request_id":"r2"}\n{"c":3}')).toEqual([
      '1:20 invalid-json: two objects stand on one line: "r1" and "r2"; a newline is missing between them',
      '2 {"c":3}',
      "2 lines, 1 objects",
    ]);
  });

  it("says what a line holds that is JSON but no object", () => {
    expect(eventsOf('"error"\n[1]\nnull\n7\ntrue\n')).toEqual([
      "1:1 not-an-object: the line holds a string, not an object",
      "2:1 not-an-object: the line holds a list, not an object",
      "3:1 not-an-object: the line holds null, not an object",
      "4:1 not-an-object: the line holds a number, not an object",
      "5:1 not-an-object: the line holds a boolean, not an object",
      "5 lines, 0 objects",
    ]);
  });

  it("reports a pretty-printed value once, however deep, and reads what follows", () => {
    const value = { a: [{ b: [1, { c: "x" }] }, {}, []], d: { e: { f: {} } }, g: [[[2]]] };
    const pretty = JSON.stringify(value, null, 2);
    const count = pretty.split("\n").length;
    expect(eventsOf(`${pretty}\n{"after":1}\n`)).toEqual([
      `1:1 invalid-json: one value stands over ${count} lines (1 to ${count}); it must stand on one`,
      `${count + 1} {"after":1}`,
      `${count + 1} lines, 1 objects`,
    ]);
  });

  it("reads every whole line after a line that was cut off", () => {
    expect(eventsOf('{"a":1,\n {"b":2} \n"text"\n{"c":3}\n')).toEqual([
      expect.stringMatching(/^1:\d+ invalid-json/),
      '2 {"b":2}',
      "3:1 not-an-object: the line holds a string, not an object",
      '4 {"c":3}',
      "4 lines, 2 objects",
    ]);
  });

  it("reports a line that is not UTF-8 and reads the others", () => {
    expect(eventsOf('{"a":1}\n', Buffer.from([0x7b, 0xff, 0x7d, 10]), '{"b":2}\n')).toEqual([
      '1 {"a":1}',
      "2:1 invalid-json: the line is not UTF-8",
      '3 {"b":2}',
      "3 lines, 2 objects",
    ]);
  });

  it("reads a line of 1 MiB and skips a longer one unparsed", () => {
    const padded = (length: number) => `{"a":"${"x".repeat(length - 8)}"}`;
    const [fits, long] = [padded(MAX_LINE_BYTES), padded(MAX_LINE_BYTES + 1)];
    for (const end of ["\n", "\r\n"]) {
      expect(eventsOf([fits, long, '{"b":2}'].join(end))).toEqual([
        expect.stringMatching(/^1 \{/),
        expect.stringMatching(/^2:1 line-too-long/),
        '3 {"b":2}',
        "3 lines, 2 objects",
      ]);
    }
    expect(eventsOf(fits).at(-1)).toBe("1 lines, 1 objects");
    expect(eventsOf(long).at(-1)).toBe("1 lines, 0 objects");
  });

  it("answers soon on hostile text", () => {
    const deep = "[".repeat(60_000);
    const closers = `{\n${"}\n".repeat(50_000)}`;
    const openers = `${'{"a":[\n'.repeat(50_000)}`;
    const wide = `${`["${"x".repeat(500_000)}",\n`.repeat(60)}`;
    for (const text of [deep, `${deep}\n${deep}`, closers, openers, wide, "\u0000\n".repeat(50_000)])
      expect(eventsOf(text).at(-1)).toMatch(/ 0 objects$/);
  });

  it("keeps keys that would harm as plain keys", () => {
    const seen: Record<string, unknown>[] = [];
    const reader = new JsonLines({ object: (value) => seen.push(value), problem: () => undefined });
    reader.write(Buffer.from('{"__proto__":{"polluted":1}}\n'));
    expect(Object.keys(seen[0] ?? {})).toEqual(["__proto__"]);
    expect(({} as { polluted?: number }).polluted).toBeUndefined();
  });

  it("does not depend on a buffer that the caller uses again", () => {
    const buffer = Buffer.from('{"a":');
    const events: unknown[] = [];
    const reader = new JsonLines({ object: (value) => events.push(value), problem: (it) => events.push(it) });
    reader.write(buffer);
    buffer.fill(0x20);
    reader.write(Buffer.from("1}\n"));
    expect(events).toEqual([{ a: 1 }]);
  });
});

const someLine = fc.oneof(
  fc.object({ maxDepth: 2 }).map((value) => JSON.stringify(value)),
  fc.object({ maxDepth: 2 }).map((value) => JSON.stringify(value, null, 1)),
  fc.constantFrom(
    "",
    " ",
    "{",
    "}",
    '{"a":1,',
    "[",
    "]",
    "null",
    '{"a":1}{"b":2}',
    "\ufeff",
    "ü€😀",
    "\r",
    "\0",
  ),
  fc.string({ unit: "grapheme", maxLength: 12 }),
);
const someBytes = fc.oneof(
  fc
    .tuple(fc.array(someLine, { maxLength: 12 }), fc.constantFrom("\n", "\r\n"))
    .map(([lines, end]) => Buffer.from(lines.join(end))),
  fc.uint8Array({ maxLength: 60 }).map((bytes) => Buffer.from(bytes)),
);

describe("JsonLines, whatever the bytes", () => {
  it("gives the same events for any chunking", () => {
    fc.assert(
      fc.property(someBytes, fc.array(fc.nat(200), { maxLength: 6 }), (bytes, cuts) => {
        const places = [
          0,
          ...cuts.map((cut) => Math.min(cut, bytes.length)).sort((a, b) => a - b),
          bytes.length,
        ];
        const chunks = places.slice(1).map((end, index) => bytes.subarray(places[index] ?? 0, end));
        expect(eventsOf(...chunks)).toEqual(eventsOf(bytes));
      }),
      { numRuns: 500 },
    );
  });

  it("gives the same events byte by byte", () => {
    fc.assert(
      fc.property(someBytes, (bytes) => {
        expect(eventsOf(...[...bytes].map((byte) => Buffer.from([byte])))).toEqual(eventsOf(bytes));
      }),
    );
  });

  it("reads back every object that was written as a line", async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.object({ maxDepth: 2 })), async (objects) => {
        const texts = objects.map((object) => JSON.stringify(object));
        const read: string[] = [];
        const answer = await readJsonLines([Buffer.from(texts.map((text) => `${text}\n`).join(""))], {
          object: (_, __, text) => read.push(text),
          problem: () => expect.fail("no line is broken"),
        });
        expect(read).toEqual(texts);
        expect(answer).toEqual({ lines: texts.length, objects: texts.length });
      }),
    );
  });

  it("accounts for every line that is not blank, in order", () => {
    fc.assert(
      fc.property(someBytes, (bytes) => {
        const places: number[] = [];
        const reader = new JsonLines({
          object: (_, line) => places.push(line),
          problem: ({ line }) => places.push(line),
        });
        reader.write(bytes);
        const { lines } = reader.end();
        expect(places).toEqual([...new Set(places)].sort((a, b) => a - b));
        expect(places.every((line) => line >= 1 && line <= lines)).toBe(true);
      }),
    );
  });
});
