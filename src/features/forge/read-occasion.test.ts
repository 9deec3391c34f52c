import { describe, expect, it } from "vitest";
import { readOccasion } from "./read-occasion.ts";

const HERE = "shop/shop";
const queue = (head_ref: string) => ({ merge_group: { base_ref: "refs/heads/main", head_ref } });

describe("readOccasion", () => {
  it("knows pull request and target branch by the event, and the repository by the run", () => {
    const pull = { number: 7, base: { ref: "main", repo: { full_name: "fork/shop" } } };
    expect(readOccasion("pull_request_target", { pull_request: pull }, HERE)).toEqual({
      kind: "pull-request",
      repository: HERE,
      pull: 7,
      target: "refs/heads/main",
      isDeletion: false,
      namesPusher: false,
    });
  });

  it("reads the number of a queued pull request from the queue's own branch name", () => {
    const name = `refs/heads/gh-readonly-queue/release/v2/pr-12-${"a".repeat(40)}`;
    expect(readOccasion("merge_group", queue(name), HERE)).toMatchObject({
      pull: 12,
      target: "refs/heads/main",
    });
  });

  it.each([
    `refs/heads/feature/gh-readonly-queue/main/pr-12-${"a".repeat(40)}`,
    `refs/heads/gh-readonly-queue/main/pr-12-${"a".repeat(40)}/more`,
    "refs/heads/gh-readonly-queue/main/pr-12-abc",
    "",
  ])("reads no number from %j", (name) => {
    expect(readOccasion("merge_group", queue(name), HERE)?.pull).toBeNull();
  });

  it.each([[null], [[]], [{}], [{ pull_request: { number: "7", base: { ref: 3 } } }]])(
    "takes nothing for granted in %j",
    (event) => {
      expect(readOccasion("pull_request", event, HERE)).toMatchObject({ pull: null, target: null });
    },
  );

  it.each([
    ["opened", true],
    ["synchronize", true],
    ["edited", false],
    ["reopened", false],
  ])("says that %s names who brought the head: %s", (action, namesPusher) => {
    expect(readOccasion("pull_request", { action, pull_request: {} }, HERE)).toMatchObject({ namesPusher });
  });

  it("sees that a branch went away", () => {
    expect(readOccasion("push", { ref: "refs/heads/x", deleted: true }, HERE)?.isDeletion).toBe(true);
  });

  it("knows no occasion for other events", () => {
    expect(readOccasion("schedule", {}, HERE)).toBeNull();
  });
});
