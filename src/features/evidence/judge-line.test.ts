import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { checkLine } from "./check-line.ts";
import { REQUIRED_FIELDS } from "./contract.ts";
import { judgeLine, lineRules } from "./judge-line.ts";

const HEAD = Date.parse("2026-01-05T12:00:00Z");
const RULES = lineRules({ path: "a.jsonl", date: "2026-01-05" }, ["web"], HEAD);
const ANY = lineRules({ path: "a.jsonl", date: "2026-01-05" }, [], null);
const LINE = {
  tool: "web",
  doc_ref: "internal:api",
  request_id: "1",
  timestamp: "2026-01-05T12:00:00.123-06:00",
  purpose: "read",
};

function rulesOf(
  more: Record<string, unknown>,
  rules = lineRules({ path: "a", date: "2026-01-05" }, [], null),
) {
  return judgeLine({ ...LINE, ...more }, 1, rules).findings.map(({ rule }) => rule.slice(9));
}

describe("an evidence line", () => {
  it("is valid with the five fields, whatever else it holds", () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string(), fc.jsonValue()), (more) => {
        expect(checkLine({ ...more, ...LINE }).faults).toEqual([]);
      }),
    );
  });

  it("lacks each field that is absent, empty or not text, and one finding names them all", () => {
    const unlike = fc.constantFrom(undefined, null, "", " \t\n", 0, 7, true, [], ["a"], {}, { a: "b" });
    fc.assert(
      fc.property(fc.subarray([...REQUIRED_FIELDS], { minLength: 1 }), unlike, (fields, value) => {
        const broken = Object.fromEntries(fields.map((field) => [field, value]));
        const { findings, valid } = judgeLine({ ...LINE, ...broken }, 7, ANY);
        expect([valid, findings.length, findings[0]?.rule]).toEqual([false, 1, "evidence/missing-field"]);
        for (const field of fields) expect(findings[0]?.message).toContain(field);
      }),
    );
  });

  it("may carry times with and without milliseconds, in UTC and elsewhere, and no month 99", () => {
    for (const timestamp of ["2026-01-05T09:00:00Z", "2026-01-05T09:00:00.5-06:00"])
      expect(rulesOf({ timestamp })).toEqual([]);
    for (const timestamp of ["2026-99-05T09:00:00Z", "2026-01-05T09:00:00", "yesterday", "2026-01-05"])
      expect(rulesOf({ timestamp })).toEqual(["bad-timestamp"]);
  });

  it("may be dated up to five minutes after the head commit", () => {
    const at = (ms: number) =>
      rulesOf({ timestamp: new Date(HEAD + ms).toISOString() }, { ...RULES, tools: null });
    expect(at(300_000)).toEqual([]);
    expect(at(300_001)).toEqual(["future"]);
  });

  it("belongs to the date of its folder when some time zone says so", () => {
    expect(rulesOf({ timestamp: "2026-01-06T11:59:59Z" })).toEqual([]);
    expect(rulesOf({ timestamp: "2026-01-06T12:00:00Z" })).toEqual(["date-mismatch"]);
    expect(rulesOf({ timestamp: "2026-01-04T10:00:00Z" })).toEqual([]);
    expect(rulesOf({ timestamp: "2026-01-04T09:59:59Z" })).toEqual(["date-mismatch"]);
  });

  it("names an allowed tool", () => {
    expect(rulesOf({ timestamp: "2026-01-05T12:00:00Z" }, RULES)).toEqual([]);
    expect(rulesOf({ timestamp: "2026-01-05T12:00:00Z", tool: "telnet" }, RULES)).toEqual([
      "tool-not-allowed",
    ]);
  });
});
