import { describe, expect, it } from "vitest";
import { checkEvent } from "../forge/published-schema.ts";
import { STORY_EVENTS } from "./events.ts";
import { payloadOf } from "./payloads.ts";
import { VARIANTS, type Variant, type VariantName } from "./variant.ts";

const SHA = "0123456789abcdef0123456789abcdef01234567";
const CAST = {
  repository: "o/r",
  branch: "main",
  author: "ada",
  reviewer: "grace",
  teams: ["o/t"],
  number: 1,
};

function change(name: VariantName): Variant {
  return { name, base: SHA, head: SHA, before: SHA, merged: SHA, paths: [], text: "## MCP Evidence" };
}

describe("payloadOf", () => {
  it("makes every event of every story in the shape that GitHub publishes", () => {
    const shapes = new Set<string>();
    for (const event of STORY_EVENTS) {
      for (const name of Object.keys(VARIANTS) as VariantName[]) {
        for (const { shape, facets } of event.deliveries(change(name), "a review")) {
          shapes.add(shape);
          expect(checkEvent(shape, payloadOf(shape, change(name), CAST, facets))).toEqual([]);
        }
      }
    }
    expect([...shapes].sort()).toEqual([
      "merge-group-checks-requested",
      "pull-request-closed",
      "pull-request-edited",
      "pull-request-opened",
      "pull-request-ready-for-review",
      "pull-request-reopened",
      "pull-request-review-submitted",
      "pull-request-synchronize",
      "push",
    ]);
  });

  it("would be seen if it were not", () => {
    const { deliveries } = STORY_EVENTS[0] ?? {};
    const [first] = deliveries?.(change("docs only"), "") ?? [];
    if (!first) throw new Error("no event");
    const payload = payloadOf(first.shape, change("docs only"), CAST, first.facets);
    expect(checkEvent(first.shape, { ...payload, number: "one" })).toEqual(["/number must be integer"]);
    expect(checkEvent(first.shape, { ...payload, action: "closed" })).not.toEqual([]);
  });
});
