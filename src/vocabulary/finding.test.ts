import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type Finding, gradeFindings, verdictOf } from "./finding.ts";
import { LEVELS } from "./level.ts";
import { RULE_NAMES, RULES } from "./rules/index.ts";

const findings: fc.Arbitrary<Finding[]> = fc.array(
  fc.record(
    {
      rule: fc.constantFrom(...RULE_NAMES),
      message: fc.constantFrom("a", "b"),
      file: fc.constantFrom("x", "y", "Z"),
      line: fc.integer({ min: 1, max: 3 }),
      column: fc.integer({ min: 1, max: 2 }),
      hint: fc.constantFrom("h", "i"),
      chain: fc.array(fc.constantFrom("p", "q"), { maxLength: 2 }),
    },
    { requiredKeys: ["rule", "message"] },
  ),
  { maxLength: 12 },
);
const levels = fc.dictionary(fc.constantFrom(...RULE_NAMES), fc.constantFrom(...LEVELS));

describe("gradeFindings", () => {
  it("gives a rule its default level where the config says nothing", () => {
    const [finding] = gradeFindings([{ rule: "ban/type-only", message: "m" }]);
    expect(finding).toMatchObject({ rule: "ban/type-only", level: "observe", message: "m" });
  });

  it("lets no finding go without a hint: its own, else the catalogue's", () => {
    const bare = { rule: "evidence/empty", message: "m" } as const;
    const hints = gradeFindings([bare, { ...bare, hint: "rm x" }]).map(({ hint }) => hint);
    expect(hints.sort()).toEqual([RULES["evidence/empty"].mend, "rm x"].sort());
  });

  it("drops what is off and keeps the rest", () => {
    fc.assert(
      fc.property(findings, levels, (given, config) => {
        const spoken = given.filter(({ rule }) => (config[rule] ?? RULES[rule].level) !== "off");
        const graded = gradeFindings(given, config);
        expect(graded).toHaveLength(spoken.length);
        for (const { rule, level } of graded) expect(level).toBe(config[rule] ?? RULES[rule].level);
      }),
    );
  });

  it("puts the loudest first, then goes by file, line and column", () => {
    const at = (rule: Finding["rule"], file: string, line: number) => ({ rule, message: "m", file, line });
    const graded = gradeFindings([
      at("ban/type-only", "a", 1),
      at("ban/import", "b", 10),
      at("evidence/redacted", "a", 1),
      at("ban/import", "b", 9),
    ]);
    expect(graded.map(({ level, line }) => `${level} ${line}`)).toEqual([
      "block 9",
      "block 10",
      "warn 1",
      "observe 1",
    ]);
  });

  it("gives the same order, whatever the order the facts came in", () => {
    const shuffled = findings.chain((given) =>
      fc.tuple(fc.constant(given), fc.shuffledSubarray(given, { minLength: given.length })),
    );
    fc.assert(
      fc.property(shuffled, levels, ([given, other], config) => {
        expect(gradeFindings(other, config)).toEqual(gradeFindings(given, config));
      }),
      { numRuns: 500 },
    );
  });
});

describe("verdictOf", () => {
  it("fails exactly when something blocks", () => {
    const graded = gradeFindings([{ rule: "ban/import", message: "m" }]);
    expect(verdictOf(graded)).toBe("fail");
    expect(verdictOf(gradeFindings([{ rule: "ban/import", message: "m" }], { "ban/import": "warn" }))).toBe(
      "pass",
    );
    expect(verdictOf([])).toBe("pass");
  });
});

describe("the rule catalogue", () => {
  it("says of every rule, in sentences, what is wrong and how it is mended", () => {
    for (const name of RULE_NAMES) {
      expect(name).toMatch(/^(evidence|heartbeat|ban|guard|witness|run)\/[a-z]+(-[a-z]+)*$/);
      expect(RULES[name].says).toMatch(/^[A-Z`].*\.$/);
      expect(RULES[name].mend).toMatch(/^[A-Z`].*\.$/);
    }
  });
});
