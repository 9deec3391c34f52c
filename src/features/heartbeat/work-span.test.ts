import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { workSpan } from "./work-span.ts";

const HOUR = 3_600_000;
const commit = (hour: number, parents = ["p"]) => ({ id: String(hour), parents, time: hour * HOUR });
const commits = (...hours: number[]) => ({ commits: hours.map((hour) => commit(hour)) });
const hours = (...values: number[]) => values.map((value) => value * HOUR);

describe("workSpan", () => {
  it("is null for a range without commits and records", () => {
    expect(workSpan({ commits: [] }, [])).toBeNull();
  });

  it("reaches from the first to the last commit, in whatever order they come", () => {
    expect(workSpan(commits(3, 1, 2), [])).toEqual({ start: HOUR, end: 3 * HOUR, from: "commits" });
  });

  it("leaves merge commits out", () => {
    const range = { commits: [commit(1), commit(2), commit(7, ["a", "b"])] };
    expect(workSpan(range, [])).toMatchObject({ end: 2 * HOUR });
  });

  it("takes the records where they reach further", () => {
    expect(workSpan(commits(1, 2), hours(1, 3))).toEqual({ start: HOUR, end: 3 * HOUR, from: "records" });
    expect(workSpan(commits(1, 3), hours(1, 3))).toMatchObject({ from: "commits" });
  });

  it("does not join commits and records into one span", () => {
    expect(workSpan(commits(1), hours(5))).toMatchObject({ start: HOUR, end: HOUR });
  });

  it("starts anew after a pause of over 8 hours, and counts the longest span", () => {
    expect(workSpan(commits(0, 1, 10, 13), [])).toMatchObject({ start: 10 * HOUR, end: 13 * HOUR });
    expect(workSpan(commits(0, 8), [])).toMatchObject({ start: 0, end: 8 * HOUR });
    expect(workSpan({ commits: [commit(0), { ...commit(8), time: 8 * HOUR + 1 }] }, [])).toMatchObject({
      start: 0,
      end: 0,
    });
  });

  it("moves with its times, whatever they are", () => {
    const times = fc.array(fc.integer({ min: 0, max: 60 }), { maxLength: 12 });
    fc.assert(
      fc.property(times, times, fc.integer({ min: -500, max: 500 }), (made, noted, by) => {
        const here = workSpan(commits(...made), hours(...noted));
        const there = workSpan(
          commits(...made.map((hour) => hour + by)),
          hours(...noted.map((hour) => hour + by)),
        );
        expect(there).toEqual(here && { ...here, start: here.start + by * HOUR, end: here.end + by * HOUR });
      }),
    );
  });
});
