import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { LIVE_STATUSES, WAITS } from "../../../vocabulary/live-state.ts";
import {
  areRising,
  byServerClock,
  DEFAULT_THRESHOLDS,
  type Said,
  standingOf,
  stateOf,
  type Thresholds,
  thresholdsOf,
} from "./rules.ts";

const MINUTE = 60_000;
const NOW = 1_800_000_000_000;
const instant = fc.integer({ min: NOW - 1e9, max: NOW + 1e9 });
const length = fc.integer({ min: 1, max: 1e9 });

const said: fc.Arbitrary<Said> = fc.record({
  status: fc.constantFrom(...LIVE_STATUSES),
  receivedAt: instant,
  wait: fc.option(fc.record({ for: fc.constantFrom(...WAITS), until: fc.option(instant) })),
  budget: fc.option(length),
});
const rising: fc.Arbitrary<Thresholds> = fc.tuple(length, length, length, length).map((lengths) => {
  const [interval = 1, late = 1, stale = 1, offline = 1] = lengths.sort((a, b) => a - b);
  return { interval, late, stale, offline };
});
const RANKS = { late: 1, stale: 2, offline: 3 };
const rankOf = (state: string): number => RANKS[state as "late"] ?? 0;

describe("the state of an agent", () => {
  const doing: Said = { status: "doing", receivedAt: NOW, wait: null, budget: null };
  const at = (minutes: number, of: Said = doing) =>
    stateOf(standingOf(of), DEFAULT_THRESHOLDS, NOW + minutes * MINUTE);

  it("passes a limit when more time than it has gone by", () => {
    expect([0, 10, 10.001, 15, 15.001, 60, 60.001].map((minutes) => at(minutes))).toEqual([
      "fresh",
      "fresh",
      "late",
      "late",
      "stale",
      "stale",
      "offline",
    ]);
  });

  it("of a declared test run of 25 minutes is fresh all the while", () => {
    const tested = { ...doing, budget: 25 * MINUTE };
    expect([0, 20, 25, 35, 35.001].map((minutes) => at(minutes, tested))).toEqual([
      "fresh",
      "fresh",
      "fresh",
      "fresh",
      "late",
    ]);
  });

  it("only gets worse by silence", () =>
    fc.assert(
      fc.property(said, rising, instant, length, (of, thresholds, now, later) => {
        const standing = standingOf(of);
        const before = rankOf(stateOf(standing, thresholds, now));
        expect(rankOf(stateOf(standing, thresholds, now + later))).toBeGreaterThanOrEqual(before);
      }),
    ));

  it("is never worse for a longer budget, a longer wait, or a later beat", () =>
    fc.assert(
      fc.property(said, rising, instant, length, (of, thresholds, now, longer) => {
        const rank = (changed: Said) => rankOf(stateOf(standingOf(changed), thresholds, now));
        expect(rank({ ...of, budget: (of.budget ?? 0) + longer })).toBeLessThanOrEqual(rank(of));
        expect(rank({ ...of, receivedAt: of.receivedAt + longer })).toBeLessThanOrEqual(rank(of));
        const until = of.wait?.until;
        if (of.wait && until !== null && until !== undefined)
          expect(rank({ ...of, wait: { ...of.wait, until: until + longer } })).toBeLessThanOrEqual(rank(of));
      }),
    ));

  it("of who said to be done, blocked or waiting for a human is that for ever", () =>
    fc.assert(
      fc.property(
        fc.constantFrom("done", "blocked", "waiting"),
        instant,
        rising,
        instant,
        (status, receivedAt, limits, now) => {
          const wait = status === "waiting" ? { for: "human" as const, until: null } : null;
          const standing = standingOf({ status: status as Said["status"], receivedAt, wait, budget: null });
          expect(stateOf(standing, limits, now)).toBe(status);
        },
      ),
    ));

  it("never depends on the hour: all times may move together", () =>
    fc.assert(
      fc.property(said, rising, instant, fc.integer({ min: -1e9, max: 1e9 }), (of, thresholds, now, by) => {
        const wait = of.wait && { ...of.wait, until: of.wait.until === null ? null : of.wait.until + by };
        const moved = { ...of, receivedAt: of.receivedAt + by, wait };
        expect(stateOf(standingOf(moved), thresholds, now + by)).toBe(
          stateOf(standingOf(of), thresholds, now),
        );
      }),
    ));
});

describe("thresholds", () => {
  it("are the agent's, else the fleet's, else the product's", () => {
    const none = { interval_s: null, late_s: null, stale_s: null, offline_s: null };
    expect(thresholdsOf({ ...none, late_s: 60 }, { ...none, late_s: 120, stale_s: 240 })).toEqual({
      ...DEFAULT_THRESHOLDS,
      late: 60_000,
      stale: 240_000,
    });
    expect(thresholdsOf(null, undefined)).toEqual(DEFAULT_THRESHOLDS);
  });

  it("rise", () => {
    expect(areRising(DEFAULT_THRESHOLDS)).toBe(true);
    expect(areRising({ ...DEFAULT_THRESHOLDS, late: DEFAULT_THRESHOLDS.stale + 1 })).toBe(false);
  });
});

describe("an instant by an agent's clock", () => {
  it("means the same distance from now, however wrong that clock is", () =>
    fc.assert(
      fc.property(instant, instant, length, (sentAt, receivedAt, ahead) => {
        expect(byServerClock(sentAt + ahead, sentAt, receivedAt)).toBe(receivedAt + ahead);
      }),
    ));

  it("is taken at its word when the agent does not say what its clock shows", () => {
    expect(byServerClock(NOW, null, NOW - 5)).toBe(NOW);
  });
});
