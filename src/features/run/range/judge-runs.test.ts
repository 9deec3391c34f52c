import { describe, expect, it } from "vitest";
import { defaultConfig } from "../../config/index.ts";
import { judgeRuns } from "./judge-runs.ts";
import type { Coverage, KindFacts, RunFacts, SeenRun } from "./run-facts.ts";

const WHOLE: Coverage = { isWhole: true, differing: [], unknown: null, drifted: 0 };
const totals = (exist: number, source: "vitest" | "claimed" = "vitest") => ({
  exist,
  passed: exist,
  failed: 0,
  skipped: 0,
  source,
});
const run: SeenRun = {
  agent: "ada",
  file: "artifacts/ada/2026-01-05/mcp/run.x.jsonl",
  line: 2,
  at: Date.parse("2026-01-05T10:00:00Z"),
  command: "npm test",
  passed: true,
  exitCode: 0,
  tree: "a".repeat(40),
  totals: totals(4992),
};
const unit = (
  more: Partial<SeenRun> = {},
  covers: Partial<Coverage> = {},
  rest: Partial<KindFacts> = {},
): KindFacts => {
  const last = { ...run, ...more, covers: { ...WHOLE, ...covers } };
  return { kind: "unit", runs: 1, passed: last.passed ? 1 : 0, last, largest: null, ...rest };
};
const config = (require: Record<string, ("unit" | "integration" | "security")[]> = {}) => ({
  ...defaultConfig(),
  run: { require },
});
const judge = (facts: Partial<RunFacts>, require = config()) =>
  judgeRuns({ changed: ["src/a.ts"], kinds: [], ...facts }, require);
const REQUIRED = config({ "src/**": ["unit"] });
const rules = (findings: ReturnType<typeof judge>) =>
  findings.map(({ rule, ceiling }) => [rule, ceiling ?? "block"]);

describe("judgeRuns", () => {
  it("asks for nothing that the config does not ask for", () => {
    expect(judge({})).toEqual([]);
    expect(judge({ kinds: [unit()] })).toEqual([]);
  });

  it("asks for a required kind where code under the glob changed, and nowhere else", () => {
    expect(rules(judge({}, REQUIRED))).toEqual([["run/missing", "block"]]);
    expect(judge({ changed: ["src/a.md", "app/a.ts"] }, REQUIRED)).toEqual([]);
    expect(judge({ kinds: [unit()] }, REQUIRED)).toEqual([]);
    const failed = { kinds: [unit({ passed: false, exitCode: 1 })] };
    expect(rules(judge(failed, REQUIRED))).toEqual([["run/missing", "block"]]);
  });

  it("names the files that changed after the last passing run, but for what is no code", () => {
    const kinds = [unit({}, { isWhole: false, differing: ["docs/x.md", "src/a.ts", "src/b.ts"] })];
    const [finding] = judge({ kinds }, REQUIRED);
    expect(finding?.message).toContain(
      'the last passing unit run (ada, 2026-01-05T10:00:00Z, "npm test") covers tree aaaaaaaaaaaa; these files changed after it: src/a.ts, src/b.ts',
    );
    expect(rules(judge({ kinds }, REQUIRED))).toEqual([["run/stale", "block"]]);
    expect(rules(judge({ kinds }))).toEqual([["run/stale", "warn"]]);
    expect(
      judge({ kinds: [unit({}, { isWhole: false, differing: ["docs/x.md"], drifted: 3 })] }, REQUIRED),
    ).toEqual([]);
  });

  it("does not take what cannot be told for covered", () => {
    const kinds = [unit({}, { isWhole: false, differing: null, unknown: "this clone does not hold abc" })];
    expect(judge({ kinds }, REQUIRED)[0]?.message).toContain("cannot be told: this clone does not hold abc");
  });

  it("sees that the last run on this content failed, although one passed before", () => {
    const kinds = [unit({ passed: false, exitCode: 1 }, {}, { runs: 2, passed: 1 })];
    expect(rules(judge({ kinds }, REQUIRED))).toEqual([["run/failed", "block"]]);
    expect(rules(judge({ kinds }))).toEqual([["run/failed", "warn"]]);
  });

  it("says how many tests there were and are, and compares what runners told alone", () => {
    const at = (exist: number, source?: "claimed") => ({
      ...run,
      line: 1,
      totals: totals(exist, source),
      atBase: true,
    });
    const shrunk = judge({ kinds: [unit({ totals: totals(4985) }, {}, { largest: at(4992) })] });
    expect(shrunk[0]?.message).toMatch(
      /^4,985 tests exist in .*; 4,992 in the last one recorded at the base/,
    );
    expect(judge({ kinds: [unit({}, {}, { largest: at(4992) })] })).toEqual([]);
    expect(
      rules(judge({ kinds: [unit({ totals: totals(3, "claimed") }, {}, { largest: at(4992) })] })),
    ).toEqual([["run/claimed-totals", "block"]]);
  });
});
