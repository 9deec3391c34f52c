import type { RuleName } from "../../../src/vocabulary/rules/index.ts";
import type { Story } from "./story.ts";

type EvidenceRule = Extract<RuleName, `evidence/${string}`>;

const LINE =
  '{"tool":"context7","doc_ref":"https://react.dev/reference","request_id":"r-1","timestamp":"2026-01-31T09:30:00Z","purpose":"hooks rules"}';

const files: Pick<
  Record<EvidenceRule, Story>,
  | "evidence/missing"
  | "evidence/not-found"
  | "evidence/untracked"
  | "evidence/bad-path"
  | "evidence/bad-archive"
  | "evidence/empty"
  | "evidence/reused"
  | "evidence/rewritten"
  | "evidence/redacted"
> = {
  "evidence/missing": {
    why: "Code without a trace of what was consulted cannot be reviewed for it. Only lines that the range itself adds count, so that last month's evidence does not cover today's change.",
    as: "text",
    wrong: "src/price.ts | 12 ++++",
    right:
      "src/price.ts                                    | 12 ++++\nartifacts/ada/2026-01-31/mcp/context7.jsonl |  1 +",
  },
  "evidence/not-found": {
    why: "A path in a pull request text proves nothing unless the commit holds the file: reviewers read the text, and merge the commit.",
    as: "markdown",
    wrong: "## MCP Evidence\n- artifacts/ada/2026-01-31/mcp/contxt7.jsonl",
    right: "## MCP Evidence\n- artifacts/ada/2026-01-31/mcp/context7.jsonl",
  },
  "evidence/untracked": {
    why: "Where `artifacts/` is git-ignored, agents record in good faith and nothing of it is ever committed.",
    as: "sh",
    wrong: "git check-ignore artifacts/ada/2026-01-31/mcp/context7.jsonl",
    right: "git add -f artifacts/ada/2026-01-31/mcp/context7.jsonl && git commit",
  },
  "evidence/bad-path": {
    why: "A cited path is foreign text. One that leads out of the record folders, by `..`, from `/` or through a link, could make the guard read anything on the machine.",
    as: "text",
    wrong: "artifacts/ada/../../../etc/passwd",
    right: "artifacts/ada/2026-01-31/mcp/context7.jsonl",
  },
  "evidence/bad-archive": {
    why: "Records that moved into an archive are read only through it. One that lost an entry, unpacks without end or names files outside would take them away, so each entry is held against the manifest.",
    as: "text",
    wrong:
      "artifacts/archive/2026-01.tar.gz: entry artifacts/ada/…/context7.jsonl has another SHA-256 than SHA256SUMS names",
    right: "tar -xzf artifacts/archive/2026-01.tar.gz && sha256sum --check SHA256SUMS",
  },
  "evidence/empty": {
    why: 'Files "initialised" at the start of a task and never filled look like evidence in a file list.',
    as: "text",
    wrong: "artifacts/ada/2026-01-31/mcp/context7.jsonl   0 bytes",
    right: "artifacts/ada/2026-01-31/mcp/context7.jsonl   1 line",
  },
  "evidence/reused": {
    why: "One file cited by many pull requests ties to none of them. A citation counts when at least one of its lines is new in this range.",
    as: "text",
    wrong: "cited: context7.jsonl, 4 lines, all of them in the base",
    right: "cited: context7.jsonl, 5 lines, the last one added by this range",
  },
  "evidence/rewritten": {
    why: "Records were edited to please the check: same ids and times, another tool. Every commit of the range is compared, so that a line changed and changed back shows too.",
    as: "text",
    wrong: '-{"tool":"web-search","request_id":"r-1",…}\n+{"tool":"context7","request_id":"r-1",…}',
    right: '+{"tool":"context7","request_id":"r-2",…}',
  },
  "evidence/redacted": {
    why: "A leaked secret must be taken out, and nobody should be able to take out a line quietly: the redaction names its SHA-256, reason and approver, and the reviewer is told.",
    as: "text",
    wrong: "a line is gone, and `artifacts/redactions.jsonl` holds its SHA-256, reason and approver",
    right: "every line of the base is still there",
  },
};

const lines: Pick<
  Record<EvidenceRule, Story>,
  | "evidence/invalid-json"
  | "evidence/line-too-long"
  | "evidence/not-an-object"
  | "evidence/missing-field"
  | "evidence/bad-timestamp"
  | "evidence/future"
  | "evidence/date-mismatch"
  | "evidence/duplicate-request-id"
> = {
  "evidence/invalid-json": {
    why: "Two objects glued on one line, or one object over 25 lines, are unreadable for every later reader. The other lines of the file are still read.",
    as: "jsonl",
    wrong: '{"tool":"context7"}{"tool":"repo-search"}',
    right: '{"tool":"context7", …}\n{"tool":"repo-search", …}',
  },
  "evidence/line-too-long": {
    why: "A record refers to what was consulted and does not hold it. A line of many megabytes would also make every reader pay for it.",
    as: "text",
    wrong: '{"tool":"repo-search","result":"… 40 MB …"}',
    right: '{"tool":"repo-search","doc_ref":"repo:src/price.ts", …}',
  },
  "evidence/not-an-object": {
    why: "An error message saved as a JSON string is valid JSON and no evidence.",
    as: "jsonl",
    wrong: '"Error: missing API key"',
    right: LINE,
  },
  "evidence/missing-field": {
    why: "Who reads the record later needs what was asked, where, when and what for; an empty text answers none of it.",
    as: "jsonl",
    wrong: LINE.replace('"purpose":"hooks rules"', '"purpose":""'),
    right: LINE,
  },
  "evidence/bad-timestamp": {
    why: "A time without an offset is a different instant on every machine, and month 99 is none at all. Fractions of a second are fine.",
    as: "jsonl",
    wrong: '{"timestamp":"2026-01-31 09:30", …}',
    right: '{"timestamp":"2026-01-31T09:30:00.123-06:00", …}',
  },
  "evidence/future": {
    why: "A record of something that had not happened when it was committed was not made by a recorder. Five minutes are left for clocks that disagree. The head commit's time is compared, never the clock of the machine that judges.",
    as: "text",
    wrong: "entry 12:00, head commit 09:30",
    right: "entry 09:33, head commit 09:30",
  },
  "evidence/date-mismatch": {
    why: "A line in the folder of another day is hard to find and may be an old one moved. Local dates differ from UTC, so only a date that no time zone explains is reported.",
    as: "text",
    wrong: "artifacts/ada/2026-01-28/mcp/context7.jsonl: 2026-01-31T09:30:00Z",
    right:
      "artifacts/ada/2026-01-30/mcp/context7.jsonl: 2026-01-31T02:30:00Z (evening of the 30th in America)",
  },
  "evidence/duplicate-request-id": {
    why: "Each call has an id of its own; a second line with the same one was copied, or a recorder wrote twice.",
    as: "jsonl",
    wrong: '{"request_id":"r-1","tool":"context7", …}\n{"request_id":"r-1","tool":"shopify-dev", …}',
    right: '{"request_id":"r-1","tool":"context7", …}\n{"request_id":"r-2","tool":"shopify-dev", …}',
  },
};

const demands: Pick<
  Record<EvidenceRule, Story>,
  | "evidence/tool-not-allowed"
  | "evidence/required-tool-missing"
  | "evidence/bad-receipt"
  | "evidence/receipt-without-line"
  | "evidence/receipt-time"
  | "evidence/broken-chain"
  | "evidence/assurance-too-low"
> = {
  "evidence/tool-not-allowed": {
    why: "A team that decided which sources count wants to see when another one was used. Without `evidence.tools` any tool is allowed.",
    as: "json",
    wrong: '"evidence": { "tools": ["context7"] }   and a line with "tool": "web-search"',
    right: '"evidence": { "tools": ["context7", "web-search"] }',
  },
  "evidence/required-tool-missing": {
    why: "Code against a fast-moving API is only as good as the documentation it was written from: such paths or imports can demand their own source.",
    as: "json",
    wrong: '"requireTools": { "import:@shopify/*": ["shopify-dev"] }   and only a line of context7',
    right: '"requireTools": { "import:@shopify/*": ["shopify-dev"] }   and a line of shopify-dev',
  },
  "evidence/broken-chain": {
    why: "`prev` ties each line of a session to the one before it, so that a removed or edited line leaves a gap. Where the missing line is in the repository's history, as after a cherry-pick, it is only a warning.",
    as: "text",
    wrong: "seq 3 has the sum of a line that is not there",
    right: "seq 3 has the sum of seq 2",
  },
  "evidence/bad-receipt": {
    why: "A receipt is worth what its signature and its proof are. One that was copied from another line, agent, day or repository, or signed by somebody else, must not pass for one.",
    as: "text",
    wrong: "a receipt of artifacts/ada/2026-01-31 that lies in artifacts/bob/2026-01-31",
    right: "the same receipt where `growth-engine sync` wrote it",
  },
  "evidence/receipt-without-line": {
    why: "What was edited or taken out before it was committed shows in no history. The receipt says that it was there.",
    as: "text",
    wrong: "a receipt of three lines, and the file holds two of them",
    right: "a receipt of three lines, and the file holds them, under whatever name it has now",
  },
  "evidence/receipt-time": {
    why: "Who writes a line chooses its time. The control plane's clock is not his: a line from the future, or one that came a day late, was not seen when it happened.",
    as: "text",
    wrong: "dated 2026-01-31T18:00:00Z, received 2026-01-31T09:00:00Z",
    right: "dated 2026-01-31T09:00:00Z, received 2026-01-31T09:00:02Z",
  },
  "evidence/assurance-too-low": {
    why: "A hand-written line is a claim. Paths where that is not enough can require lines that a recorder wrote, or that the control plane saw and signed.",
    as: "json",
    wrong: '"require": { "src/payment/**": "recorded" }   and a line without `recorder`',
    right: '"require": { "src/payment/**": "recorded" }   and a chained line with `recorder`',
  },
};

const sections: Pick<
  Record<EvidenceRule, Story>,
  "evidence/section-missing" | "evidence/section-unfilled" | "evidence/false-exemption"
> = {
  "evidence/section-missing": {
    why: "The reviewer reads the pull request, not the record files: the text must lead there.",
    as: "markdown",
    wrong: "## Summary\nFaster prices.",
    right: "## Summary\nFaster prices.\n\n## MCP Evidence\n- artifacts/ada/2026-01-31/mcp/context7.jsonl",
  },
  "evidence/section-unfilled": {
    why: "An untouched template once passed, because its own words were read as an answer. What stands word for word in the repository's template says nothing; nor do comments, code and placeholders.",
    as: "markdown",
    wrong:
      "## MCP Evidence\n- [ ] artifacts/<agent>/<date>/mcp/<topic>.jsonl\n- [ ] No MCP usage - non-code change",
    right: "## MCP Evidence\n- [x] No MCP usage - non-code change",
  },
  "evidence/false-exemption": {
    why: "The exemption was never compared with the diff, so that any change could claim it. Which files are code is `evidence.code` and `evidence.nonCode`.",
    as: "text",
    wrong: "No MCP usage - non-code change   and src/price.ts changed",
    right: "No MCP usage - non-code change   and only docs/price.md changed",
  },
};

export const EVIDENCE_STORIES: Record<EvidenceRule, Story> = { ...files, ...lines, ...demands, ...sections };
