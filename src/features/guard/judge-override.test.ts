import { describe, expect, it } from "vitest";
import { judgeOverride, parseApprovalText } from "./judge-override.ts";

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
    ["of somebody whom the config does not name", { user: "eve", teams: [] }],
    ["of another commit", { head: "c".repeat(40) }],
    ["that expired before the head commit", { until: "2026-01-30" }],
    ["without a reason", { reason: " " }],
    ["whose expiry is no date", { until: "soon" }],
    ["by the author of the pull request", { user: "ADA", teams: ["@org/security"] }],
  ])("does not accept an approval %s", (_, change) => {
    expect(judgeOverride([{ ...approval, ...change }], ["lead", "ada", "@org/security"], subject)).toBeNull();
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

  it("finds nothing where the reason or the expiry is missing", () => {
    expect(parseApprovalText("growth-engine override: until 2026-02-01")).toBeNull();
    expect(parseApprovalText("growth-engine override: because")).toBeNull();
  });
});
