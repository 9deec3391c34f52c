import { describe, expect, it } from "vitest";
import { carryOver } from "./carry-over.ts";
import type { ReceivedBeat } from "./received-beat.ts";

const said = (agent: string, words: Partial<ReceivedBeat>): ReceivedBeat =>
  ({
    fleet_id: "f",
    agent,
    task: null,
    fence: null,
    progress: null,
    tree: null,
    result: null,
    ...words,
  }) as ReceivedBeat;

describe("what an agent said", () => {
  it("lasts over its next beats of a group, and not over to another task or agent", () => {
    const lasting = carryOver([
      said("a", { task: "T-1", fence: 7, progress: "40%", tree: "x" }),
      said("a", { result: "r" }),
      said("b", {}),
      said("a", { task: "T-2" }),
    ]).map(({ last: { task, fence, progress, tree, result } }) => [task, fence, progress, tree, result]);
    expect(lasting).toEqual([
      ["T-1", 7, "40%", "x", null],
      ["T-1", 7, "40%", "x", "r"],
      [null, null, null, null, null],
      ["T-2", null, null, "x", "r"],
    ]);
  });
});
