import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { readApprovals } from "./read-approvals.ts";

const HEAD = "b".repeat(40);
const SAID = "growth-engine override: shop is down until 2026-02-01";

const review = (state: string, body = SAID, login = "lead", commit_id = HEAD) => ({
  user: { login },
  state,
  body,
  commit_id,
});

describe("readApprovals", () => {
  it("takes an approval that says why and until when", () => {
    expect(readApprovals([review("APPROVED")])).toEqual([
      { user: "lead", teams: [], head: HEAD, reason: "shop is down", until: "2026-02-01" },
    ]);
  });

  it.each([
    ["a comment", [review("COMMENTED")]],
    ["a dismissed approval", [review("DISMISSED")]],
    ["one that is not sent yet", [review("PENDING")]],
    ["an approval without reason and expiry", [review("APPROVED", "fine")]],
    ["an approval of an account that is gone", [{ ...review("APPROVED"), user: null }]],
    [
      "an approval that was followed by a request for changes",
      [review("APPROVED"), review("CHANGES_REQUESTED", "no")],
    ],
  ])("takes no %s", (_, reviews) => {
    expect(readApprovals(reviews)).toEqual([]);
  });

  it("keeps an approval after a plain one, after a comment, and after somebody else's request for changes", () => {
    const later = [
      review("APPROVED", "again"),
      review("COMMENTED", ""),
      review("CHANGES_REQUESTED", "", "eve"),
    ];
    expect(readApprovals([review("APPROVED"), ...later])).toHaveLength(1);
  });

  it("takes an approval that comes after the request for changes", () => {
    expect(readApprovals([review("CHANGES_REQUESTED"), review("APPROVED")])).toHaveLength(1);
  });

  it("never throws, whatever GitHub says", () => {
    fc.assert(fc.property(fc.array(fc.jsonValue()), (reviews) => Array.isArray(readApprovals(reviews))));
  });
});
