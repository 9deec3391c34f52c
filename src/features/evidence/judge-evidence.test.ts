import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { parseConfig } from "../config/index.ts";
import type { CitedFile, EvidenceFacts } from "./evidence-facts.ts";
import { judgeEvidence, summariseEvidence } from "./judge-evidence.ts";

const PATH = "artifacts/ada/2026-01-05/mcp/web.jsonl";

/** A change that is in order: one code file, one new line. */
function factsWith(more: Partial<EvidenceFacts> = {}): EvidenceFacts {
  return {
    changedCode: ["src/a.ts"],
    changedPaths: ["src/a.ts"],
    imports: {},
    files: [{ path: PATH, agent: "ada", lines: 2, newLines: 1 }],
    newLines: 1,
    copiedLines: 0,
    misplaced: null,
    recordTimes: [0],
    tools: ["web"],
    assurance: { claimed: 1, recorded: 0, receipted: 0 },
    lineFindings: [],
    rewrites: [],
    cited: null,
    ...more,
  };
}

function rulesOf(more: Partial<EvidenceFacts>, config: object = {}): string[] {
  return judgeEvidence(factsWith(more), parseConfig(JSON.stringify(config))).map(({ rule }) => rule.slice(9));
}

function cited(more: Partial<CitedFile> = {}): CitedFile {
  return { path: PATH, line: 3, state: "found", lines: 2, newLines: 1, ...more };
}

describe("evidence of a change", () => {
  it("passes when code comes with a new valid line", () => {
    expect(rulesOf({})).toEqual([]);
    expect(rulesOf({ cited: [cited()] })).toEqual([]);
  });

  it("is missing when code comes without one, and not asked for without code", () => {
    expect(rulesOf({ newLines: 0 })).toEqual(["missing"]);
    expect(rulesOf({ newLines: 0, changedCode: [] })).toEqual([]);
  });

  it("is missing when all lines were copied, and the message says so", () => {
    const [finding] = judgeEvidence(factsWith({ newLines: 0, copiedLines: 2 }), parseConfig("{}"));
    expect(finding?.message).toBe(
      "1 code file changed (src/a.ts), and the 2 evidence lines of this change stood at the base already",
    );
  });

  it("is missing where a file lies in a wrong place, and the message names it", () => {
    const misplaced = { path: "artifacts/ada/5-1-26/mcp/a.jsonl", reason: "the folder is no date" };
    const [finding] = judgeEvidence(factsWith({ newLines: 0, misplaced }), parseConfig("{}"));
    expect(finding?.message).toMatch(
      /; artifacts\/ada\/5-1-26\/mcp\/a\.jsonl is no evidence file: the folder/,
    );
    expect(finding?.hint).toMatch(/^growth-engine evidence add --agent <agent> --tool <tool> /);
  });

  it.each(["not-found", "untracked", "bad-path"] as const)("may not cite what is %s", (state) => {
    expect(rulesOf({ cited: [cited({ state, lines: 0, newLines: 0 })] })).toEqual([state]);
  });

  it("may not be cited from an empty file, which is said once", () => {
    const files = [{ path: PATH, agent: "ada", lines: 0, newLines: 0 }];
    expect(rulesOf({ files, cited: [cited({ lines: 0, newLines: 0 })] })).toEqual(["empty"]);
    expect(rulesOf({ files })).toEqual(["empty"]);
  });

  it("is reused when no cited file has a new line; one is enough", () => {
    const old = cited({ newLines: 0 });
    expect(rulesOf({ cited: [old] })).toEqual(["reused"]);
    expect(rulesOf({ cited: [old, cited({ path: `${PATH}l` })] })).toEqual([]);
    expect(rulesOf({ cited: [] })).toEqual([]);
  });

  it("shows rewrites, and redactions apart from them", () => {
    const rewrite = { file: PATH, commit: "0123456789", line: 3, what: "line 3 was changed" };
    const rewrites = [
      { kind: "rewritten" as const, ...rewrite },
      { kind: "redacted" as const, ...rewrite },
    ];
    expect(rulesOf({ rewrites })).toEqual(["rewritten", "redacted"]);
  });

  it("must show each required tool, by path and by imported package", () => {
    const requireTools = {
      "src/**": ["web", "context7"],
      "lib/**": ["never"],
      "import:@shopify/*": ["shopify-dev"],
    };
    const imports = { "src/a.ts": ["react", "@shopify/polaris"] };
    const config = { evidence: { requireTools } };
    const found = judgeEvidence(factsWith({ imports }), parseConfig(JSON.stringify(config)));
    expect(found.map(({ message }) => message)).toEqual([
      "src/a.ts matches src/**, which needs evidence from context7; this change shows none",
      "src/a.ts imports @shopify/*, which needs evidence from shopify-dev; this change shows none",
    ]);
    expect(rulesOf({ imports, tools: ["context7", "shopify-dev", "web"] }, config)).toEqual([]);
  });

  it("must reach the level that a changed path requires", () => {
    const config = (level: string) => ({ evidence: { require: { "src/**": level } } });
    const recorded = { claimed: 4, recorded: 1, receipted: 0 };
    expect(rulesOf({}, config("claimed"))).toEqual([]);
    expect(rulesOf({}, config("recorded"))).toEqual(["assurance-too-low"]);
    expect(rulesOf({ assurance: recorded }, config("recorded"))).toEqual([]);
    const receipted = parseConfig(JSON.stringify(config("receipted")));
    const [finding] = judgeEvidence(factsWith({ assurance: recorded }), receipted);
    expect(finding?.message).toContain(
      "reaches recorded; no receipt holds without receipts.keys and receipts.repositories in the config",
    );
    const received = { ...recorded, receipted: 1 };
    expect(rulesOf({ assurance: received }, config("receipted"))).toEqual([]);
    expect(rulesOf({ changedPaths: ["lib/a.ts"] }, config("recorded"))).toEqual([]);
  });

  it("gives hints in which a hostile name is a word and no command", () => {
    const path = "artifacts/a'; rm -rf $HOME #/2026-01-05/mcp/a.jsonl";
    const facts = factsWith({ cited: [cited({ path, state: "untracked", lines: 0 })] });
    expect(judgeEvidence(facts, parseConfig("{}"))[0]?.hint).toBe(
      `git add -f -- 'artifacts/a'\\''; rm -rf $HOME #/2026-01-05/mcp/a.jsonl' && git commit`,
    );
  });

  it("is never louder for more new lines", () => {
    fc.assert(
      fc.property(fc.nat(5), fc.nat(5), fc.boolean(), (newLines, more, code) => {
        const changedCode = code ? ["src/a.ts"] : [];
        const fewer = rulesOf({ newLines, changedCode, cited: [cited({ newLines })] });
        const all = rulesOf({
          newLines: newLines + more,
          changedCode,
          cited: [cited({ newLines: newLines + more })],
        });
        expect(all.length).toBeLessThanOrEqual(fewer.length);
      }),
    );
  });

  it("has a summary in one sentence", () => {
    expect(summariseEvidence(factsWith())).toBe(
      "1 code file changed; 1 evidence line added in 1 file by ada (web)",
    );
    expect(summariseEvidence(factsWith({ newLines: 0 }))).toBe(
      "1 code file changed; no valid evidence line was added",
    );
  });
});
