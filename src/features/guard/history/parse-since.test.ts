import { describe, expect, it } from "vitest";
import { parseSince } from "./parse-since.ts";

const DAY = 86_400_000;

describe("parseSince", () => {
  it.each([
    ["90d", { kind: "span", ms: 90 * DAY }],
    ["12w", { kind: "span", ms: 84 * DAY }],
    ["2026-01-01", { kind: "instant", time: Date.parse("2026-01-01T00:00:00Z") }],
    ["2026-01-01T12:00:00+02:00", { kind: "instant", time: Date.parse("2026-01-01T10:00:00Z") }],
    ["2026-02-30", { kind: "revision", revision: "2026-02-30" }],
    ["v1.0", { kind: "revision", revision: "v1.0" }],
    ["0w", { kind: "revision", revision: "0w" }],
  ])("reads %s", (text, since) => {
    expect(parseSince(text)).toEqual(since);
  });
});
