import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { LEVELS } from "../../../vocabulary/level.ts";
import { RULE_NAMES } from "../../../vocabulary/rules/index.ts";
import { suggestLevel } from "./suggest-level.ts";

const cost = (pulls: number, more: object = {}) => ({
  rule: "evidence/missing" as const,
  level: "block" as const,
  pulls,
  own: pulls,
  recent: { pulls, of: 25 },
  findings: pulls,
  authors: [],
  folders: [],
  ...more,
});

describe("suggestLevel", () => {
  it.each([
    ["observe while there is little to judge by", cost(0), 9, "observe"],
    ["block for what is rare", cost(5), 100, "block"],
    ["warn for a habit of some", cost(6), 100, "warn"],
    ["warn up to a quarter", cost(25), 100, "warn"],
    ["observe for what most do", cost(26), 100, "observe"],
    ["warn for what the branch held before", cost(90, { own: 0 }), 100, "warn"],
    ["block for what ended lately", cost(40, { recent: { pulls: 0, of: 25 } }), 100, "block"],
    ["no more than a note for what is one by nature", cost(0, { rule: "guard/self-change" }), 100, "warn"],
  ])("suggests %s", (_, given, total, level) => {
    expect(suggestLevel(given, total).level).toBe(level);
  });

  it("never suggests to switch a rule off, nor to stop merges for a note", () => {
    const counts = fc.record({ total: fc.nat(500), part: fc.double({ min: 0, max: 1, noNaN: true }) });
    fc.assert(
      fc.property(fc.constantFrom(...RULE_NAMES), counts, (rule, { total, part }) => {
        const { level, why } = suggestLevel(cost(Math.floor(total * part), { rule }), total);
        expect(LEVELS).toContain(level);
        expect(level).not.toBe("off");
        expect(why).not.toBe("");
      }),
    );
  });
});
