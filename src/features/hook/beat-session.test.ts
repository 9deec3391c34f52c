import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { temporaryRepository } from "../../../test/harness/temporary-repository.ts";
import { beatSession } from "./beat-session.ts";

const START = Date.parse("2026-03-02T12:00:00Z");
const recorder = { kind: "hook", name: "claude-code", version: "1.0.0" } as const;

function sessionAt() {
  const { folder } = temporaryRepository({});
  const session = { root: folder, agent: "ada", session: "s1", recorder };
  const beat = (
    status: "doing" | "blocked",
    seconds: number,
    more: { task?: string; progress?: string } = {},
  ) =>
    beatSession(
      session,
      join(folder, ".git"),
      { task: "T-1", status, ...more },
      () => START + seconds * 1_000,
    );
  const lines = () =>
    readFileSync(join(folder, "artifacts/ada/2026-03-02/heartbeat.s1.ndjson"), "utf8")
      .trimEnd()
      .split("\n")
      .map((line) => JSON.parse(line));
  return { beat, lines, session, folder };
}

describe("beatSession", () => {
  it("says that work goes on once a minute, and a change at once", () => {
    const { beat } = sessionAt();
    expect([beat("doing", 0), beat("doing", 59), beat("doing", 60)]).toEqual([true, false, true]);
    expect([beat("blocked", 61), beat("blocked", 200), beat("doing", 201)]).toEqual([true, false, true]);
    expect(beat("doing", 202, { task: "T-2" })).toBe(true);
  });

  it("says how it waits when that changes", () => {
    const { beat } = sessionAt();
    expect(beat("blocked", 0, { progress: "waits for its person" })).toBe(true);
    expect(beat("blocked", 1, { progress: "the session ended" })).toBe(true);
  });

  it("never goes back in time", () => {
    const { beat, lines } = sessionAt();
    beat("doing", 10);
    beat("blocked", 5);
    const times = lines().map(({ timestamp }) => timestamp);
    expect(times).toEqual(times.toSorted());
  });

  it("does not say that a task waits which was said to be done", () => {
    const { beat, session } = sessionAt();
    beat("doing", 0);
    beatSession(
      { ...session, session: "other" },
      join(session.root, ".git"),
      { task: "T-1", status: "done" },
      () => START + 5_000,
    );
    expect(beat("blocked", 10)).toBe(false);
    expect(beat("doing", 70)).toBe(true);
    expect(beat("blocked", 80)).toBe(true);
  });
});
