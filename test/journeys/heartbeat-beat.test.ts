import { chmodSync, mkdirSync, readFileSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { checkBeat } from "../../src/features/heartbeat/check-beat.ts";
import { localDate } from "../../src/platform/clock/index.ts";
import {
  type TemporaryRepository,
  temporaryFolder,
  temporaryRepository,
} from "../harness/temporary-repository.ts";

const BEAT = ["heartbeat", "beat", "--agent", "ada", "--task", "ENG-1"];
const isRoot = process.getuid?.() === 0;

/** Today's file, also in the minute in which the day ends. */
function fileOf(out: string): string {
  return /artifacts\/\S+/.exec(out)?.[0] ?? "";
}

function linesOf(repository: TemporaryRepository, path: string): Record<string, unknown>[] {
  const text = readFileSync(join(repository.folder, path), "utf8");
  expect(text.endsWith("\n")).toBe(true);
  return (
    text
      .trimEnd()
      .split("\n")
      // Two writers that both mend a lost newline leave a blank line, which readers accept.
      .filter((line) => line !== "")
      .map((line) => JSON.parse(line))
  );
}

describe("heartbeat beat", () => {
  it("appends one valid line to today's file of the agent and says where", async () => {
    const repository = temporaryRepository({ "src/a.ts": "" });
    const dates = [localDate(Date.now())];
    const { code, out } = await repository.runCli([...BEAT, "--progress", "40%", "--file", "src/a.ts"]);
    dates.push(localDate(Date.now()));
    expect(code).toBe(0);
    expect(out).toMatch(/^ENG-1 doing 40% → artifacts\/ada\/[\d-]{10}\/heartbeat\.ndjson\n$/);
    expect(dates).toContain(fileOf(out).split("/")[2]);
    const [line = {}, ...more] = linesOf(repository, fileOf(out));
    expect(more).toEqual([]);
    expect(line).toMatchObject({
      task: "ENG-1",
      status: "doing",
      progress: "40%",
      file: "src/a.ts",
      agent: "ada",
    });
    expect(checkBeat(line)).toMatchObject({ task: "ENG-1" });
  });

  it("takes the agent from the environment, and refuses to guess it", async () => {
    const repository = temporaryRepository();
    const words = ["heartbeat", "beat", "--task", "ENG-1"];
    const told = await repository.runCli(words, { env: { GROWTH_ENGINE_AGENT: "bob" } });
    expect(told.out).toContain("artifacts/bob/");
    const { code, err } = await repository.runCli(words);
    expect(code).toBe(2);
    expect(err).toContain("--agent");
  });

  it.each([
    ["completed", "done"],
    ["in_progress", "doing"],
    ["error", "blocked"],
    ["blokced", "blocked"],
  ])("refuses the status %s and names %s", async (word, right) => {
    const repository = temporaryRepository();
    const { code, err } = await repository.runCli([...BEAT, "--status", word]);
    expect(code).toBe(2);
    expect(err).toContain(`did you mean --status ${right}?`);
    expect(repository.git("status", "--porcelain")).toBe("");
  });

  it("keeps a session in a file of its own", async () => {
    const repository = temporaryRepository();
    const { out } = await repository.runCli([...BEAT, "--session", "s1", "--json"]);
    const { path, beat } = JSON.parse(out);
    expect(path).toMatch(/\/heartbeat\.s1\.ndjson$/);
    expect(linesOf(repository, path)).toEqual([beat]);
  });

  it.each([
    ["--agent", "../eve"],
    ["--agent", "<agent>"],
    ["--agent", ""],
    ["--session", "a/b"],
    ["--session", ".."],
    ["--task", " "],
    ["--progress", ""],
    ["--file", "../elsewhere"],
    ["--file", "/etc/passwd"],
  ])("refuses %s %j and writes nothing", async (option, value) => {
    const repository = temporaryRepository();
    const { code, err } = await repository.runCli([...BEAT, option, value]);
    expect([code, err]).toEqual([2, expect.stringMatching(/mend:/)]);
    expect(repository.git("status", "--porcelain")).toBe("");
  });

  it("writes to the top of the repository from any folder of it, with paths from there", async () => {
    const repository = temporaryRepository({ "src/deep/a.ts": "" });
    const cwd = join(repository.folder, "src/deep");
    const { out } = await repository.runCli([...BEAT, "--file", "a.ts"], { cwd });
    expect(linesOf(repository, fileOf(out))).toMatchObject([{ file: "src/deep/a.ts" }]);
  });

  it("loses no beat of twenty that come at once, and mends a lost newline", async () => {
    const repository = temporaryRepository();
    const path = fileOf((await repository.runCli(BEAT)).out);
    repository.write(path, '{"timestamp":"2026-01-05T09:00:00Z","task":"ENG-1","status":"doing"}');
    const answers = await Promise.all(
      Array.from({ length: 20 }, (_, index) => repository.runCli([...BEAT, "--progress", `${index}%`])),
    );
    expect(answers.map(({ code }) => code)).toEqual(Array(20).fill(0));
    const lines = answers.flatMap(({ out }) => [...new Set([fileOf(out)])]).filter((one) => one === path);
    expect(linesOf(repository, path)).toHaveLength(lines.length + 1);
    expect(new Set(linesOf(repository, path).map(({ progress }) => progress)).size).toBe(lines.length + 1);
  });

  it("shows hostile names as text", async () => {
    const repository = temporaryRepository();
    const { code, out } = await repository.runCli([
      "heartbeat",
      "beat",
      "--agent",
      "ada",
      "--task",
      "\u001b[2Jx",
    ]);
    expect([code, out]).toEqual([0, expect.stringContaining("\\u{1b}[2Jx")]);
  });

  it("does not write through a link", async () => {
    const repository = temporaryRepository();
    const path = fileOf((await repository.runCli(BEAT)).out);
    const outside = temporaryFolder();
    repository.remove(path);
    symlinkSync(join(outside, "stolen"), join(repository.folder, path));
    expect(await repository.runCli(BEAT)).toMatchObject({ code: 2, err: expect.stringContaining("link") });
    repository.remove("artifacts");
    symlinkSync(outside, join(repository.folder, "artifacts"));
    expect((await repository.runCli(BEAT)).code).not.toBe(0);
  });

  it("says so when the folder cannot be made", async () => {
    const repository = temporaryRepository({ artifacts: "a file" });
    const { code, err } = await repository.runCli(BEAT);
    expect([code, err]).toEqual([3, expect.stringMatching(/could not be written[\s\S]*mend:/)]);
  });

  it.skipIf(isRoot)("says so when the folder is read-only", async () => {
    const repository = temporaryRepository();
    mkdirSync(join(repository.folder, "artifacts"));
    chmodSync(join(repository.folder, "artifacts"), 0o555);
    const { code, err } = await repository.runCli(BEAT);
    expect([code, err]).toEqual([
      3,
      expect.stringMatching(/could not be written[\s\S]*mend: make the folder writable/),
    ]);
  });

  it("needs a checkout", async () => {
    const outside = await temporaryRepository().runCli(BEAT, { cwd: temporaryFolder() });
    expect(outside).toMatchObject({ code: 3, err: expect.stringContaining("not part of a git repository") });
    const bare = temporaryRepository({ a: "" }).bareClone();
    expect(await bare.runCli(BEAT)).toMatchObject({ code: 3, err: expect.stringContaining("bare") });
  });
});
