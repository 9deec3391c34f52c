import { describe, expect, it } from "vitest";
import { temporaryRepository } from "../../../test/harness/temporary-repository.ts";
import { openRepository, readRange, resolveCommit } from "../../platform/git/index.ts";
import { readAdded } from "./read-added.ts";

const FILE = "artifacts/ada/2026-01-05/mcp/docs.jsonl";
const line = (number: number) => `{"n":${number}}\n`;
const lines = (...numbers: number[]) => numbers.map(line).join("");

/** What the range brought, after a branch changed these files (null: deleted) of a main that held the others. */
async function added(before: Record<string, string>, after: Record<string, string | null>) {
  const repository = temporaryRepository({ "a.txt": "", ...before });
  repository.branch("work");
  for (const [path, content] of Object.entries(after)) {
    if (content === null) repository.remove(path);
    else repository.write(path, content);
  }
  repository.commit("Work");
  const opened = await openRepository(repository.folder);
  const range = await readRange(
    opened,
    await resolveCommit(opened, "main"),
    repository.git("rev-parse", "HEAD"),
  );
  const events: string[] = [];
  const read = await readAdded(opened, range, "evidence", () => ({
    object: (value, at, _, isAdded) => events.push(`${isAdded ? "+" : " "}${at} ${value.n}`),
    problem: (problem, isAdded) => events.push(`${isAdded ? "+" : " "}${problem.line} ${problem.kind}`),
  }));
  return { events, files: read.map(({ file, objects }) => `${file.path}: ${objects}`) };
}

describe("readAdded", () => {
  it("tells every line of a changed file, and which of them the range brought", async () => {
    const { events, files } = await added({ [FILE]: lines(1, 2) }, { [FILE]: lines(1, 2, 3) });
    expect(events).toEqual([" 1 1", " 2 2", "+3 3"]);
    expect(files).toEqual([`${FILE}: 3`]);
  });

  it("calls every line of a new file added", async () => {
    expect((await added({}, { [FILE]: lines(1, 2) })).events).toEqual(["+1 1", "+2 2"]);
  });

  it("calls no line of a renamed file added but the appended ones", async () => {
    const other = FILE.replace("docs", "other");
    const { events } = await added({ [FILE]: lines(1, 2) }, { [FILE]: null, [other]: lines(1, 2, 3) });
    expect(events).toEqual([" 1 1", " 2 2", "+3 3"]);
  });

  it("calls a repeated line added as often as it was repeated", async () => {
    const { events } = await added({ [FILE]: lines(1, 1, 2) }, { [FILE]: lines(1, 2, 1, 1, 2) });
    expect(events.filter((event) => event.startsWith("+"))).toHaveLength(2);
  });

  it("knows lines again behind other line ends, a BOM and a broken line", async () => {
    const before = `{broken\n${lines(1, 2)}`;
    const after = `\ufeff${before}${line(3)}`.replaceAll("\n", "\r\n");
    expect((await added({ [FILE]: before }, { [FILE]: after })).events).toEqual([
      " 1 invalid-json",
      " 2 1",
      " 3 2",
      "+4 3",
    ]);
  });

  it("does not blame the range for a broken last line that it closed", async () => {
    const { events } = await added(
      { [FILE]: `${line(1)}{broken` },
      { [FILE]: `${line(1)}{broken\n{worse\n` },
    );
    expect(events).toEqual([" 1 1", " 2 invalid-json", "+3 invalid-json"]);
  });

  it("leaves out deleted files, other kinds and files that are no records", async () => {
    const answer = await added(
      { [FILE]: lines(1) },
      { [FILE]: null, "artifacts/ada/2026-01-05/heartbeat.ndjson": lines(1), "artifacts/x.jsonl": lines(1) },
    );
    expect(answer).toEqual({ events: [], files: [] });
  });
});
