import { mkdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { temporaryRepository } from "../../../test/harness/temporary-repository.ts";
import { openRepository } from "../git/index.ts";
import { readTimings, rememberTiming } from "./index.ts";

const context = (env: NodeJS.ProcessEnv = {}) => ({
  clock: { now: () => 1_767_603_600_000 },
  env,
  version: "1.2.3",
});

describe("run times", () => {
  it("are kept in the git directory that all working trees share", async () => {
    const repository = temporaryRepository({ a: "1" });
    repository.git("worktree", "add", "--quiet", "-b", "other", "linked");
    const [main, linked] = await Promise.all(
      ["", "linked"].map((path) => openRepository(join(repository.folder, path))),
    );
    if (!main || !linked) throw new Error("not opened");
    rememberTiming(main, context(), "guard all", 12.4);
    rememberTiming(linked, context(), "ban scan", 3);
    const expected = [
      { at: 1_767_603_600_000, command: "guard all", ms: 12 },
      { at: 1_767_603_600_000, command: "ban scan", ms: 3 },
    ];
    expect(readTimings(main)).toEqual(expected);
    expect(readTimings(linked)).toEqual(expected);
  });

  it.each([
    [{ CI: "true" }, 0],
    [{ CI: "true", GROWTH_ENGINE_RUNS: "on" }, 1],
    [{ GROWTH_ENGINE_RUNS: "off" }, 0],
  ])("with %o: %i", async (env, count) => {
    const repository = await openRepository(temporaryRepository({ a: "1" }).folder);
    rememberTiming(repository, context(env), "guard all", 1);
    expect(readTimings(repository)).toHaveLength(count);
  });

  it("stay small, the newest kept", async () => {
    const { folder } = temporaryRepository({ a: "1" });
    const repository = await openRepository(folder);
    const file = join(folder, ".git/growth-engine/runs.jsonl");
    mkdirSync(join(file, ".."));
    const line = (ms: number) =>
      `${JSON.stringify({ at: "2026-01-05T09:00:00Z", command: "guard all", ms })}\n`;
    writeFileSync(file, Array.from({ length: 9_000 }, (_, ms) => line(ms)).join(""));
    rememberTiming(repository, context(), "ban scan", 1);
    expect(statSync(file).size).toBeLessThan(400 * 1024);
    expect(readFileSync(file, "utf8")).toMatch(/^\{/);
    expect(readTimings(repository).at(-1)?.command).toBe("ban scan");
  });

  it("never stop a command, whatever stands in their place", async () => {
    const { folder } = temporaryRepository({ a: "1" });
    const repository = await openRepository(folder);
    mkdirSync(join(folder, ".git/growth-engine/runs.jsonl"), { recursive: true });
    rememberTiming(repository, context(), "ban scan", 1);
    expect(readTimings(repository)).toEqual([]);
  });
});
