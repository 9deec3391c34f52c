import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type TemporaryRepository, temporaryRepository } from "../../../test/harness/temporary-repository.ts";
import type { CommandContext } from "../../platform/terminal/index.ts";
import { archiveRecords } from "./archive-records.ts";
import { listEvidence } from "./list-evidence.ts";

const NOW = Date.parse("2026-06-01T12:00:00Z");

/** Runs a command in this process with a clock that stands, and gives what it printed. */
async function printed(
  repository: TemporaryRepository,
  run: (context: CommandContext) => Promise<unknown>,
): Promise<string> {
  const parts: string[] = [];
  await run({
    cwd: repository.folder,
    env: {},
    clock: { now: () => NOW },
    version: "0",
    out: (text) => parts.push(text),
    err: () => undefined,
    colour: false,
    columns: 80,
    readInput: async () => Buffer.alloc(0),
  });
  return parts.join("");
}

const part = fc.stringMatching(/^[a-zA-Z0-9@_][a-zA-Z0-9@._ é-]{0,8}[a-z]$/);
const date = fc.constantFrom(
  "2026-01-05",
  "2026-01-31",
  "2026-02-01",
  "2026-03-02",
  "2026-03-03",
  "2026-05-31",
);
const text = fc.string({ unit: "grapheme", minLength: 1, maxLength: 20 }).map((given) => `x${given}`);
const entry = fc.record({ tool: text, doc_ref: text, request_id: text, purpose: text, session: text });
const ending = fc.constantFrom("\n", "\r\n", "\n\n");
const file = fc.record({
  agent: part,
  date,
  topic: part,
  entries: fc.array(entry, { maxLength: 4 }),
  ending,
});

describe("evidence archive", () => {
  it("leaves evidence list with the same entries, whatever was archived, in one run or in two", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(file, { minLength: 1, maxLength: 6 }),
        fc.constantFrom("1d", "120d"),
        async (files, first) => {
          const repository = temporaryRepository({ "README.md": "# A\n" });
          for (const { agent, date: day, topic, entries, ending: end } of files) {
            const rows = entries.map(
              (row) => JSON.stringify({ ...row, timestamp: `${day}T09:00:00Z` }) + end,
            );
            repository.write(`artifacts/${agent}/${day}/mcp/${topic}.jsonl`, rows.join(""));
          }
          repository.commit("Records");
          const list = async () => {
            const out = await printed(repository, (context) => listEvidence({ json: true }, context));
            const rows: { file: string; line: number; entry: unknown }[] = JSON.parse(out);
            return rows.map(({ file: path, line, entry: said }) => JSON.stringify([path, line, said])).sort();
          };
          const before = await list();
          for (const olderThan of [first, "30d"]) {
            await printed(repository, (context) => archiveRecords({ olderThan }, context));
            expect(await list()).toEqual(before);
            repository.commit("Archive");
          }
          expect(repository.git("ls-files", "artifacts/*/2026-0[1-4]-*")).toBe("");
        },
      ),
      { numRuns: 12 },
    );
  });

  it("counts days by the clock it is given: a folder of the last day that stays, and one of the day before", async () => {
    const repository = temporaryRepository({
      "artifacts/ada/2026-03-03/mcp/a.jsonl": "{}\n",
      "artifacts/ada/2026-03-02/mcp/a.jsonl": "{}\n",
    });
    const out = await printed(repository, (context) =>
      archiveRecords({ olderThan: "90d", json: true }, context),
    );
    expect(JSON.parse(out)).toMatchObject({ before: "2026-03-03", archives: [{ moved: 1 }], left: [] });
    expect(repository.git("ls-files", "--deleted")).toBe("artifacts/ada/2026-03-02/mcp/a.jsonl");
  });
});
