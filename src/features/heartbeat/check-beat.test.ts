import { describe, expect, it } from "vitest";
import { checkBeat } from "./check-beat.ts";

const BEAT = { timestamp: "2026-01-05T09:00:00Z", task: "ENG-042", status: "doing" };
const kindsOf = (value: Record<string, unknown>) => {
  const checked = checkBeat(value);
  return Array.isArray(checked) ? checked.map(({ kind }) => kind) : [];
};

describe("checkBeat", () => {
  it("reads time, task, status, session and progress", () => {
    expect(checkBeat({ ...BEAT, progress: "40%", session: "s1", extra: 1 })).toEqual({
      time: Date.UTC(2026, 0, 5, 9),
      task: "ENG-042",
      status: "doing",
      session: "s1",
      progress: "40%",
    });
  });

  it.each(["2026-01-05T03:00:00-06:00", "2026-01-05T09:00:00.000Z", "2026-01-05T14:30:00+05:30"])(
    "reads %s as the same instant as 09:00Z",
    (timestamp) => {
      expect(checkBeat({ ...BEAT, timestamp })).toMatchObject({ time: Date.UTC(2026, 0, 5, 9) });
    },
  );

  it.each([
    [{ task: undefined }, ["missing-field"]],
    [{ task: "  " }, ["missing-field"]],
    [{ task: 42 }, ["missing-field"]],
    [{ status: null }, ["missing-field"]],
    [{ timestamp: "2026-99-05T09:00:00Z" }, ["bad-timestamp"]],
    [{ timestamp: "2026-01-05T09:00:00" }, ["bad-timestamp"]],
    [{ status: "completed" }, ["bad-status"]],
    [{ status: "Doing" }, ["bad-status"]],
    [{ timestamp: "", task: "", status: "" }, ["missing-field", "missing-field", "missing-field"]],
    [{ timestamp: "now", status: "x" }, ["bad-timestamp", "bad-status"]],
  ])("refuses %j as %j", (change, kinds) => {
    expect(kindsOf({ ...BEAT, ...change })).toEqual(kinds);
  });

  it("names the status that a wrong word stands for", () => {
    expect(checkBeat({ ...BEAT, status: "completed" })).toMatchObject([{ hint: 'write "done"' }]);
  });

  it("quotes a long foreign word only in part", () => {
    const [fault] = checkBeat({ ...BEAT, status: "x".repeat(10_000) }) as { message: string }[];
    expect(fault?.message.length).toBeLessThan(200);
  });

  it("is not misled by names that every object has", () => {
    expect(kindsOf({ ...BEAT, status: "toString" })).toEqual(["bad-status"]);
  });
});
