import { writeFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { temporaryFolder } from "../../../test/harness/temporary-repository.ts";
import { type LogProblem, readLogLines, UnreadableLog } from "./read-log-lines.ts";

const folder = temporaryFolder();

async function read(bytes: string | Buffer) {
  const path = join(folder, "log.jsonl");
  writeFileSync(path, bytes);
  const entries: unknown[] = [];
  const problems: LogProblem[] = [];
  for await (const batch of readLogLines(path)) {
    entries.push(...batch.entries);
    problems.push(...batch.problems);
  }
  return { entries, problems };
}

describe("readLogLines", () => {
  it("reads lines longer than a chunk, CRLF and blank lines", async () => {
    const long = "x".repeat(3 << 20);
    const { entries, problems } = await read(`{"a":"${long}"}\r\n\n{"b":"ü"}\n`);
    expect(problems).toEqual([]);
    expect(entries).toEqual([
      { line: 1, entry: { a: long } },
      { line: 3, entry: { b: "ü" } },
    ]);
  });

  it("names broken lines and reads the others; the last line may be half written", async () => {
    const { entries, problems } = await read('{"a":1}\n{"b":\n[1]\n{"c":2}\n{"d":3');
    expect(entries).toEqual([
      { line: 1, entry: { a: 1 } },
      { line: 4, entry: { c: 2 } },
    ]);
    expect(problems).toEqual([
      { line: 2, message: "the line is no JSON" },
      { line: 3, message: "the line holds no object" },
    ]);
  });

  it("fails with a sentence where there is no file", async () => {
    await expect(async () => {
      for await (const _ of readLogLines(join(folder, "absent"))) expect.unreachable();
    }).rejects.toThrow(UnreadableLog);
  });

  it("gives back any objects", async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.dictionary(fc.string(), fc.jsonValue())), async (values) => {
        const plain = values.map((value) => JSON.parse(JSON.stringify(value)));
        const { entries } = await read(plain.map((value) => JSON.stringify(value)).join("\n"));
        expect(entries).toEqual(plain.map((entry, index) => ({ line: index + 1, entry })));
      }),
      { numRuns: 50 },
    );
  });
});
