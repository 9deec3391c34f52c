import { describe, expect, it } from "vitest";
import { suggestStatus } from "./suggest-status.ts";

describe("suggestStatus", () => {
  it("knows the words that agents use instead of the three", () => {
    const meant = (words: string) => [...new Set(words.split(" ").map(suggestStatus))];
    expect(meant("completed finished closed DONE resolved")).toEqual(["done"]);
    expect(meant("in_progress in-progress working started Doing wip")).toEqual(["doing"]);
    expect(meant("error waiting stuck paused on_hold")).toEqual(["blocked"]);
  });

  it("takes the nearest by spelling for a slip of the finger", () => {
    expect(["dong", "dine", "bloked", "compleeted", "finishd"].map(suggestStatus)).toEqual([
      "doing",
      "done",
      "blocked",
      "done",
      "done",
    ]);
  });

  it("does not guess where nothing is near", () => {
    expect(["", "purple", "x".repeat(100_000), "constructor"].map(suggestStatus)).toEqual([
      null,
      null,
      null,
      null,
    ]);
  });
});
