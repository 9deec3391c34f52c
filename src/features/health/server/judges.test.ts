import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { DatabaseFacts } from "../../../platform/database/index.ts";
import type { JobState } from "../../../platform/jobs/index.ts";
import { judgeClock } from "../judge-clock.ts";
import { judgeDatabase } from "./judge-database.ts";
import { judgeEmbedded } from "./judge-embedded.ts";
import { judgeJobs } from "./judge-jobs.ts";

const NOW = 1_800_000_000_000;
const RANK = { ok: 0, warn: 1, unknown: 2, fail: 3 };

describe("a database", () => {
  const well: DatabaseFacts = {
    latency: 0.8,
    clock: NOW,
    version: "18.1",
    startedAt: NOW,
    size: 12 << 20,
    connections: { used: 5, limit: 97 },
    waiting: 0,
    migrations: { missing: [], newer: [] },
  };
  it.each([
    [{}, "ok"],
    [{ latency: 150 }, "warn"],
    [{ latency: 2_000 }, "fail"],
    [{ connections: { used: 80, limit: 97 } }, "warn"],
    [{ connections: { used: 95, limit: 97 } }, "fail"],
    [{ migrations: { missing: ["a/1"], newer: [] } }, "fail"],
    [{ migrations: { missing: [], newer: ["z/1"] } }, "warn"],
  ] as const)("with %j is %s", (changed, state) => {
    expect(judgeDatabase({ ...well, ...(changed as object) }).state).toBe(state);
  });
  it("is never better for being slower or fuller", () => {
    const load = fc.record({ latency: fc.double({ min: 0, max: 5_000, noNaN: true }), used: fc.nat(97) });
    fc.assert(
      fc.property(load, load, (a, b) => {
        const judge = ({ latency, used }: typeof a) =>
          RANK[judgeDatabase({ ...well, latency, connections: { used, limit: 97 } }).state];
        if (a.latency <= b.latency && a.used <= b.used) expect(judge(a)).toBeLessThanOrEqual(judge(b));
      }),
    );
  });
});

describe("jobs", () => {
  const job = (changed: Partial<JobState> = {}): JobState => ({
    name: "a_job",
    every: 1_000,
    ranAt: NOW - 500,
    tookMs: 3,
    failures: 0,
    failedAt: null,
    failure: null,
    ...changed,
  });
  it("that run in time are well, also one that runs once an hour", () => {
    const hourly = job({ name: "b_job", every: 3_600_000, ranAt: NOW - 3_500_000 });
    expect(judgeJobs([job(), hourly], NOW)).toMatchObject({
      state: "ok",
      says: "2 jobs run in time; none fails",
    });
  });
  it.each([
    [{ ranAt: NOW - 40_000 }, "warn", "a_job: 39 s overdue"],
    [{ ranAt: NOW - 400_000 }, "fail", "nobody runs a_job: 6 min 39 s overdue"],
    [{ failures: 1 }, "warn", "a_job failed, and is tried again"],
    [{ failures: 3 }, "fail", "a_job failed 3 times in a row"],
    [{ ranAt: null }, "warn", "a_job: not run yet"],
  ] as const)("with %j are %s: %s", (changed, state, says) => {
    expect(judgeJobs([job({ name: "other" }), job(changed)], NOW)).toMatchObject({ state, says });
  });
});

describe("two clocks", () => {
  it.each([
    [0, 5, "ok"],
    [1_900, 0, "ok"],
    [-3_000, 10, "warn"],
    [3_000, 2_000, "ok"],
    [45_000, 10, "fail"],
    [-45_000, 10, "fail"],
  ])("that are %d ms apart, within %d, are %s", (skew, doubt, state) => {
    expect(judgeClock(skew, doubt, "the clock").state).toBe(state);
  });
  it("are judged alike whichever is ahead", () => {
    fc.assert(
      fc.property(fc.integer({ min: -100_000, max: 100_000 }), fc.nat(5_000), (skew, doubt) => {
        expect(judgeClock(skew, doubt, "x").state).toBe(judgeClock(-skew, doubt, "x").state);
      }),
    );
  });
});

describe("an embedded server", () => {
  const facts = { version: "18.1", startedAt: NOW - 7_200_000, folder: "/data", restarts: 0 };
  it("that was never gone is well", () => {
    expect(judgeEmbedded(facts, NOW)).toMatchObject({
      state: "ok",
      says: "PostgreSQL 18.1, up 2 h; never restarted by this server",
    });
  });
  it("that crashed is worth a look", () => {
    expect(judgeEmbedded({ ...facts, restarts: 2 }, NOW)).toMatchObject({
      state: "warn",
      says: "PostgreSQL 18.1, up 2 h; it was gone and restarted 2 times",
    });
  });
});
