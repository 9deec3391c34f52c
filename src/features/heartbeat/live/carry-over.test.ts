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
    const words = [
      said("b", {}),
      said("a", { task: "T-1", fence: 7, progress: "40%", tree: "x" }),
      said("a", { result: "r" }),
      said("a", { task: "T-2" }),
    ];
    const lastingAfter = (beats: number) =>
      carryOver(words.slice(0, beats)).map(({ beat, last }) => [
        beat.agent,
        last.task,
        last.fence,
        last.progress,
        last.tree,
        last.result,
      ]);
    const silent = ["b", null, null, null, null, null];
    expect(lastingAfter(2)).toEqual([["a", "T-1", 7, "40%", "x", null], silent]);
    expect(lastingAfter(3)).toEqual([["a", "T-1", 7, "40%", "x", "r"], silent]);
    expect(lastingAfter(4)).toEqual([["a", "T-2", null, null, "x", "r"], silent]);
  });
});
