import { describe, expect, it } from "vitest";
import { judgeOverride, parseApprovalText, uncountedApprovals } from "./judge-override.ts";

const HEAD = "b".repeat(40);
const subject = { head: HEAD, headTime: Date.parse("2026-01-31T12:00:00Z"), actor: "ada" };
const approval = {
  user: "lead",
  teams: ["@org/security"],
  head: HEAD,
  reason: "incident 12",
  until: "2026-01-31",
};

describe("judgeOverride", () => {
  it("accepts a named user's approval of the head until the end of its last day", () => {
    expect(judgeOverride([approval], ["Lead"], subject)).toEqual({
      by: "lead",
      reason: "incident 12",
      until: "2026-01-31",
      head: HEAD,
    });
  });

  it("accepts a member of a named team", () => {
    expect(judgeOverride([approval], ["@org/security"], subject)?.by).toBe("lead");
  });

  it.each([
    ["of somebody whom the config does not name", { user: "eve", teams: [] }, "names neither the user"],
    ["of another commit", { head: "c".repeat(40) }, "it is of cccccccccc, and the head is bbbbbbbbbb"],
    ["that expired before the head commit", { until: "2026-01-30" }, "it held until 2026-01-30"],
    ["without a reason", { reason: " " }, "it gives no reason"],
    ["without an expiry", { until: "" }, "it gives no expiry"],
    ["whose expiry is no date", { until: "soon" }, 'its expiry "soon" is no date'],
    [
      "by the author of the pull request",
      { user: "ADA", teams: ["@org/security"] },
      "it is by who opened the change",
    ],
  ])("does not accept an approval %s, and says why", (_, change, why) => {
    const given = [{ ...approval, ...change }];
    const allowed = ["lead", "ada", "@org/security"];
    expect(judgeOverride(given, allowed, subject)).toBeNull();
    expect(uncountedApprovals(given, allowed, subject)).toEqual([
      { by: given[0]?.user, why: expect.stringContaining(why) },
    ]);
  });

  it("accepts nobody when the config names nobody", () => {
    expect(judgeOverride([approval], [], subject)).toBeNull();
  });
});

describe("parseApprovalText", () => {
  it("finds the line that overrides, in a longer review", () => {
    expect(
      parseApprovalText("ok\r\n growth-engine override: because  until 2026-02-01T10:00:00Z \r\nbye"),
    ).toEqual({
      reason: "because",
      until: "2026-02-01T10:00:00Z",
    });
  });

  it("leaves empty what the line does not say", () => {
    expect(parseApprovalText("growth-engine override: until 2026-02-01")).toEqual({
      reason: "",
      until: "2026-02-01",
    });
    expect(parseApprovalText("ok\r\ngrowth-engine override: because\r\n")).toEqual({
      reason: "because",
      until: "",
    });
    expect(parseApprovalText("growth-engine override:")).toEqual({ reason: "", until: "" });
  });

  it("finds nothing in a review without the line", () => {
    expect(parseApprovalText("growth-engine overrides nothing")).toBeNull();
  });
});
