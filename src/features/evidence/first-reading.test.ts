import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { parseRecordPath, type RecordPath } from "../record/index.ts";
import { FirstReading } from "./first-reading.ts";
import { sumOf } from "./search-history.ts";

const CHECKS = { tools: ["context7"], redacted: new Set(["0".repeat(64)]) };

type File = [file: RecordPath, chunks: Buffer[]];

function fileOf(number: number, lines: readonly string[]): File {
  const path = `artifacts/ada/2026-01-05/mcp/${number}.jsonl`;
  const file = parseRecordPath(path);
  if (file === null) throw new Error(path);
  return [file, [Buffer.from(lines.map((line) => `${line}\n`).join(""))]];
}

function lineOf(more: Record<string, unknown>): string {
  const fields = { tool: "context7", doc_ref: "a", request_id: "1", purpose: "b" };
  return JSON.stringify({ ...fields, timestamp: "2026-01-05T12:00:00Z", ...more });
}

/** Lines of one chained session. */
const chain: string[] = [];
for (const id of ["1", "2", "3", "4", "5", "6"]) {
  const before = chain.at(-1);
  const link = before === undefined ? {} : { prev: sumOf(before) };
  chain.push(lineOf({ request_id: id, session: "s", seq: chain.length, ...link }));
}

const lines = fc.oneof(
  fc.constantFrom(...chain),
  fc.constantFrom("", "{", "[]", lineOf({ redacted: "0".repeat(64) }), lineOf({ tool: "other" })),
  fc
    .record({ request_id: fc.constantFrom("", "1", "7"), session: fc.constantFrom("s", "t"), seq: fc.nat(3) })
    .map(lineOf),
);
const files = fc
  .array(fc.array(lines, { maxLength: 8 }), { minLength: 1, maxLength: 6 })
  .map((all) => all.map((each, index) => fileOf(index, each)));

async function* each(all: readonly File[]): AsyncGenerator<File> {
  yield* all;
}

async function read(all: readonly File[]): Promise<FirstReading> {
  const reading = new FirstReading(CHECKS);
  await reading.read(each(all));
  return reading;
}

/** All that later steps ask of a reading. */
function found({ lines, findings, ids, chains }: FirstReading): unknown {
  return { lines, findings: findings.all(), ids: ids.take(10), suspects: [...chains.suspects()] };
}

describe("a reading in two parts", () => {
  it("finds what one reading finds, in the same order", async () => {
    await fc.assert(
      fc.asyncProperty(files, fc.nat(6), async (all, cut) => {
        const parts = await read(all.slice(0, cut));
        parts.addPart(structuredClone((await read(all.slice(cut))).result()));
        expect(found(parts)).toEqual(found(await read(all)));
      }),
      { numRuns: 500 },
    );
  });

  it.each([
    ["later", 0],
    ["earlier", 3],
  ])("takes a chain that goes on in the %s part for whole", async (_, from) => {
    const first = chain.slice(from, from + 3);
    const parts = await read([fileOf(0, first)]);
    parts.addPart(
      (
        await read([
          fileOf(
            1,
            chain.filter((line) => !first.includes(line)),
          ),
        ])
      ).result(),
    );
    expect(found(parts)).toMatchObject({ lines: 6, findings: [], suspects: [] });
  });

  it("counts the findings of a file that stands in both, in an archive and beside it", async () => {
    const broken = fileOf(0, new Array(150).fill("[]"));
    const parts = await read([broken]);
    parts.addPart((await read([broken])).result());
    expect(found(parts)).toEqual(found(await read([broken, broken])));
    expect(parts.findings.all().at(-1)?.message).toMatch(/^200 more findings/);
  });
});
