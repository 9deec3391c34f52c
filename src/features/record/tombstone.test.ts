import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { isKept, lineSum } from "./compare-lines.ts";
import { keptFields, saysNothingNew, tombstoneOf } from "./tombstone.ts";

const BEAT = { timestamp: "2026-01-05T09:00:00Z", task: "ENG-1", status: "doing", progress: "secret" };
const line = JSON.stringify(BEAT);
const sum = lineSum(line);
const on = new Set([sum]);

describe("a tombstone", () => {
  it("keeps the time of a line, and a beat whose task is plain", () => {
    const { timestamp, task, status } = BEAT;
    expect(keptFields(BEAT, "evidence", () => true)).toEqual({ timestamp });
    expect(keptFields(BEAT, "heartbeat", () => false)).toEqual({ timestamp });
    expect(keptFields(BEAT, "heartbeat", () => true)).toEqual({ timestamp, task, status });
  });

  it("keeps nothing of a line that is broken, or whose time or status is a text of its own", () => {
    expect(keptFields(null, "evidence", () => true)).toEqual({});
    expect(keptFields({ timestamp: "ghp_x" }, "evidence", () => true)).toEqual({});
    expect(
      keptFields({ timestamp: `2026-01-05T09:00:00.${"1".repeat(40)}Z` }, "evidence", () => true),
    ).toEqual({});
    const { timestamp } = BEAT;
    expect(keptFields({ ...BEAT, status: "ghp_x" }, "heartbeat", () => true)).toEqual({ timestamp });
  });

  it("stands for its line only when it says nothing that the line did not", () => {
    const { timestamp, task, status } = BEAT;
    expect(isKept(line, tombstoneOf(sum, {}), on)).toBe("redacted");
    expect(isKept(line, tombstoneOf(sum, { timestamp, task, status }), on)).toBe("redacted");
    expect(isKept(line, tombstoneOf(sum, { timestamp, task, status: "done" }), on)).toBeNull();
    expect(isKept(line, tombstoneOf(sum, { note: "x" }), on)).toBeNull();
    expect(
      isKept("broken", tombstoneOf(lineSum("broken"), { status }), new Set([lineSum("broken")])),
    ).toBeNull();
  });

  it("of any line says nothing new, whatever the line held", () => {
    fc.assert(
      fc.property(fc.json(), fc.constantFrom("evidence" as const, "heartbeat" as const), (text, kind) => {
        const value: unknown = JSON.parse(text);
        const fields = typeof value === "object" && value !== null && !Array.isArray(value) ? value : null;
        const kept = keptFields(fields as Record<string, unknown> | null, kind, () => true);
        expect(saysNothingNew(tombstoneOf(lineSum(text), kept), text)).toBe(true);
      }),
    );
  });
});
