import { describe, expect, it } from "vitest";
import { readEvent } from "./read-event.ts";

const BASE = "a".repeat(40);
const HEAD = "b".repeat(40);
const pull = { base: { sha: BASE }, head: { sha: HEAD }, body: "text", user: { login: "ada" } };

describe("readEvent", () => {
  it("takes base, head, text and author of a pull request from the event", () => {
    expect(readEvent("pull_request", { pull_request: pull })).toMatchObject({
      base: BASE,
      head: HEAD,
      text: "text",
      actor: "ada",
      mergeGroup: false,
    });
  });

  it("reads an empty body as a text without sections", () => {
    expect(readEvent("pull_request", { pull_request: { ...pull, body: null } })?.text).toBe("");
  });

  it("has no text in a merge queue", () => {
    const event = { merge_group: { base_sha: BASE, head_sha: HEAD } };
    expect(readEvent("merge_group", event)).toMatchObject({
      base: BASE,
      head: HEAD,
      text: null,
      mergeGroup: true,
    });
  });

  it("compares a push with what stood there, and a new branch with the default", () => {
    expect(readEvent("push", { before: BASE, after: HEAD })?.base).toBe(BASE);
    expect(readEvent("push", { before: "0".repeat(40), after: HEAD })?.base).toBeNull();
  });

  it("does not take a revision from an event that is no commit id", () => {
    const event = { pull_request: { ...pull, head: { sha: "--output=x" } } };
    expect(() => readEvent("pull_request", event)).toThrow(/no commit id/);
  });

  it("names no subject for other events", () => {
    expect(readEvent("schedule", {})).toBeNull();
  });

  it("reads an approving review with reason and expiry as an approval", () => {
    const review = {
      state: "approved",
      commit_id: HEAD,
      user: { login: "lead" },
      body: "fine\ngrowth-engine override: incident 12 until 2026-02-01",
    };
    expect(readEvent("pull_request_review", { pull_request: pull, review })?.approvals).toEqual([
      { user: "lead", teams: [], head: HEAD, reason: "incident 12", until: "2026-02-01" },
    ]);
  });

  it("reads no approval from a review that only comments", () => {
    const review = {
      state: "commented",
      commit_id: HEAD,
      user: { login: "lead" },
      body: "growth-engine override: x until 2026-02-01",
    };
    expect(readEvent("pull_request_review", { pull_request: pull, review })?.approvals).toEqual([]);
  });
});

describe("the actor of an event", () => {
  it("is who pushed to the pull request, when that is not who opened it", () => {
    const event = { pull_request: pull, action: "synchronize", sender: { login: "eve" } };
    expect(readEvent("pull_request", event)?.actor).toBe("eve");
  });

  it("stays who opened it when somebody else only edits or labels", () => {
    const event = { pull_request: pull, action: "labeled", sender: { login: "eve" } };
    expect(readEvent("pull_request", event)?.actor).toBe("ada");
  });
});
