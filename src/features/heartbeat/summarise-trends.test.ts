import { describe, expect, it } from "vitest";
import type { Beat, Status } from "./beat.ts";
import { summariseTrends } from "./summarise-trends.ts";

const beat = (time: number, status: Status = "doing", day = "05"): Beat => ({
  time,
  status,
  file: `artifacts/ada/2026-01-${day}/heartbeat.ndjson`,
  line: time,
  added: true,
});

describe("summariseTrends", () => {
  it("gives median and 95th percentile of the intervals that begin with doing", () => {
    const times = Array.from({ length: 21 }, (_, index) => beat((index * (index + 1)) / 2));
    expect(summariseTrends([{ agent: "ada", task: "A", beats: times }])).toMatchObject([
      {
        beats: 21,
        medianInterval: 10,
        p95Interval: 19,
        longestSilence: { interval: 20, task: "A", line: 210 },
      },
    ]);
  });

  it("measures within a task only, and not after blocked or done", () => {
    const tasks = [
      { agent: "ada", task: "A", beats: [beat(0), beat(5, "blocked"), beat(500), beat(510, "done")] },
      { agent: "ada", task: "B", beats: [beat(7_000)] },
    ];
    expect(summariseTrends(tasks)).toMatchObject([{ longestSilence: { interval: 10 }, open: ["B"] }]);
  });

  it("counts beats per day of record folders, agent by agent", () => {
    const beats = [beat(1), beat(2, "doing", "06"), beat(3, "done", "06")];
    expect(
      summariseTrends([
        { agent: "bob", task: "A", beats: [beat(1, "done")] },
        { agent: "ada", task: "A", beats },
      ]),
    ).toMatchObject([
      { agent: "ada", days: 2, beatsPerDay: 1.5 },
      { agent: "bob", medianInterval: null, p95Interval: null, longestSilence: null, open: [] },
    ]);
  });
});
