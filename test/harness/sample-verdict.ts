import fc from "fast-check";
import {
  GUARDS,
  type GuardVerdict,
  gradeFindings,
  type LevelledFinding,
} from "../../src/vocabulary/finding.ts";
import { RULE_NAMES } from "../../src/vocabulary/rules/index.ts";

const EVIDENCE = "artifacts/ada/2026-01-31/mcp/shopify-dev.jsonl";

const SAMPLE_GUARDS: GuardVerdict[] = [
  {
    guard: "guard-mcp",
    verdict: "fail",
    summary: "2 of the 5 new evidence lines are not valid, and guard config changed.",
    findings: gradeFindings([
      {
        rule: "evidence/missing-field",
        message: "`purpose` is absent.",
        file: EVIDENCE,
        line: 3,
        column: 1,
      },
      {
        rule: "evidence/missing-field",
        message: "`doc_ref` is empty.",
        file: EVIDENCE,
        line: 4,
        column: 31,
      },
      {
        rule: "guard/self-change",
        message: "The range changes `growth-engine.json`.",
        file: "growth-engine.json",
      },
    ]),
  },
  {
    guard: "idle-guard",
    verdict: "not-applicable",
    summary: "Neither code nor a record changed.",
    findings: [],
  },
  {
    guard: "dev-mcp-ban",
    verdict: "fail",
    summary: "Production reaches 1 banned package; 2,477 files seen.",
    findings: gradeFindings([
      {
        rule: "ban/transitive",
        message: "`app/routes/products.ts` reaches `context7-mcp`.",
        file: "app/routes/products.ts",
        line: 2,
        column: 1,
        hint: "Cut one link of the chain: move `app/lib/docs.ts:7` to `scripts/`.",
        chain: ["app/routes/products.ts:2", "app/lib/catalogue.ts:11", "app/lib/docs.ts:7", "context7-mcp"],
      },
      { rule: "ban/section-missing", message: "The text has no section `Dev MCP Check`." },
      {
        rule: "ban/type-only",
        message: "Only types of `chrome-devtools-mcp` are imported.",
        file: "app/lib/trace.ts",
        line: 1,
        column: 1,
      },
    ]),
  },
];

/** A verdict as a real pull request gets it: two guards fail, one did not apply. */
export const SAMPLE_VERDICT = {
  schema: "growth-engine/verdict@1" as const,
  verdict: "fail" as const,
  base: "4b1d0aa3c2f09d2c6f8c1e6a2d7b5f4e3c2b1a09",
  head: "9f3c2e1b70a4d8e6f5c3b2a19087f6e5d4c3b2a1",
  rules: "77aa01c5d2e3f4a5b6c7d8e9f0a1b2c3d4e5f607",
  guards: SAMPLE_GUARDS,
};

/** One guard that could not tell. */
export const BROKEN_GUARD: GuardVerdict = {
  guard: "idle-guard",
  verdict: "error",
  summary: "The base 4b1d0aa3c2 is not in this clone; `git fetch --unshallow` brings it.",
  findings: [],
};

/** What somebody would write into a file name, a message or a record to break out of a report. */
const ATTACKS = [
  ...[
    "::error::x",
    "\n::stop-commands::t",
    "\r::set-output name=a::b",
    "  ::add-mask::x",
    "##[add-mask]x",
    "%0A::x",
  ],
  ...[
    "\u001b[2J",
    "\u202etxt",
    "\ud800",
    "\udc00x",
    "\u0000",
    "\u0085::x",
    "\u2028::x",
    "\ufffe",
    "\u{e0041}",
  ],
  ...["<script>", "</details>", "<!--", "-->", "]]>", "<![CDATA[", "&amp;", "&#0;", "&", '"', "'", "<", ">"],
  ...[
    "`",
    "``",
    "```\n",
    "~~~\n",
    "|",
    "\\|",
    "\\",
    "\n\n# h",
    "\n---\n",
    "\n===\n",
    "\n- x",
    "\n> q",
    "\n1. x",
  ],
  ...["![i](http://e.x/i)", "[t](javascript:a)", "[t]: http://e.x", "<http://e.x>", "http://e.x", "www.e.x"],
  ...[
    "a@e.x",
    "@octocat",
    "#1",
    "GH-1",
    "o/r#1",
    "mailto:a@e.x",
    "*b*",
    "__b__",
    "~~s~~",
    "$x$",
    "\t",
    "\r\n",
  ],
  ...["../..", "/etc/passwd", "a:b,c=d", "file:///x", "//e.x/a", "{0}", "%s", "__proto__", " ", ""],
];

const hostileText = fc
  .array(fc.oneof(fc.constantFrom(...ATTACKS), fc.string({ unit: "binary", maxLength: 6 })), { maxLength: 5 })
  .map((parts) => parts.join(""));

const finding: fc.Arbitrary<LevelledFinding> = fc.record(
  {
    rule: fc.constantFrom(...RULE_NAMES),
    level: fc.constantFrom("block", "warn", "observe"),
    message: hostileText,
    file: hostileText,
    line: fc.integer({ min: 1, max: 99_999 }),
    column: fc.integer({ min: 1, max: 999 }),
    hint: hostileText,
    chain: fc.array(hostileText, { minLength: 1, maxLength: 4 }),
  },
  { requiredKeys: ["rule", "level", "message"] },
);

/** One guard whose every text is hostile. */
export const hostileGuard: fc.Arbitrary<GuardVerdict> = fc.record({
  guard: fc.constantFrom(...GUARDS),
  verdict: fc.constantFrom("pass", "fail", "not-applicable", "error"),
  summary: hostileText,
  findings: fc.array(finding, { maxLength: 4 }),
});

/** A whole verdict whose every text is hostile. */
export const hostileVerdict = fc.record(
  {
    schema: fc.constant("growth-engine/verdict@1" as const),
    verdict: fc.constantFrom("pass" as const, "fail" as const, "error" as const),
    base: fc.option(hostileText),
    head: hostileText,
    rules: fc.option(hostileText),
    guards: fc.array(hostileGuard, { minLength: 1, maxLength: 3 }),
    overridden: fc.record({ by: hostileText, reason: hostileText, until: hostileText, head: hostileText }),
    uncounted: fc.array(fc.record({ by: hostileText, why: hostileText }), { minLength: 1, maxLength: 12 }),
  },
  { requiredKeys: ["schema", "verdict", "base", "head", "rules", "guards"] },
);
