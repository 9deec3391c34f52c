import type { Rule } from "./rule.ts";

/** Rules of guard-mcp (contract §3). */
export const EVIDENCE_RULES = {
  "evidence/missing": {
    level: "block",
    says: "Code changed, and the range adds no valid evidence line.",
    mend: "Record what was consulted with `growth-engine evidence add`, and commit it.",
  },
  "evidence/not-found": {
    level: "block",
    says: "The pull request text cites an evidence file that the head commit does not hold.",
    mend: "Commit the file, or cite the one that is there.",
  },
  "evidence/untracked": {
    level: "block",
    says: "A cited evidence file lies on disk but is not part of the head commit.",
    mend: "`git add -f` the file and commit it; `growth-engine init` lets git track all records.",
  },
  "evidence/bad-path": {
    level: "block",
    says: "A cited path lies outside `artifacts/<agent>/<date>/mcp/`, or leads out of it; it was not read.",
    mend: "Cite a file below `artifacts/<agent>/<YYYY-MM-DD>/mcp/`.",
  },
  "evidence/bad-archive": {
    level: "block",
    says: "An archive of records is damaged, hostile, or not what its manifest says; what could not be trusted was not read.",
    mend: "Take the last whole version back: `git checkout <commit> -- artifacts/archive/<month>.tar.gz`.",
  },
  "evidence/empty": {
    level: "block",
    says: "An evidence file of this change holds no line.",
    mend: "Add a line with `growth-engine evidence add`, or take the file out.",
  },
  "evidence/invalid-json": {
    level: "block",
    says: "A line is not one JSON value in UTF-8.",
    mend: "Write one JSON object per line; `growth-engine evidence add` does.",
  },
  "evidence/line-too-long": {
    level: "block",
    says: "A line is longer than 1 MiB; it was skipped unparsed.",
    mend: "Record a reference to the content in `doc_ref` instead of the content.",
  },
  "evidence/not-an-object": {
    level: "block",
    says: "A line is JSON, but not an object.",
    mend: "Write one JSON object per line; `growth-engine evidence add` does.",
  },
  "evidence/missing-field": {
    level: "block",
    says: "A required field is absent, empty or not text.",
    mend: "Required are `tool`, `doc_ref`, `request_id`, `timestamp` and `purpose`.",
  },
  "evidence/bad-timestamp": {
    level: "block",
    says: "`timestamp` is not an RFC 3339 date and time with an offset.",
    mend: "Write it like `2026-01-31T09:30:00Z`.",
  },
  "evidence/future": {
    level: "block",
    says: "An entry is dated over 5 minutes after the head commit.",
    mend: "Correct the clock of the recorder, and record again.",
  },
  "evidence/date-mismatch": {
    level: "warn",
    says: "No time zone puts the entry on the date of its folder.",
    mend: "Let `growth-engine evidence add` choose the folder.",
  },
  "evidence/tool-not-allowed": {
    level: "block",
    says: "The tool of a line is not in `evidence.tools`.",
    mend: "Use an allowed tool, or add this one to `evidence.tools` on the target branch.",
  },
  "evidence/required-tool-missing": {
    level: "block",
    says: "A changed file needs evidence from a tool that this change does not show.",
    mend: "Consult the tool and record it with `growth-engine evidence add --agent <agent> --tool <tool>`.",
  },
  "evidence/duplicate-request-id": {
    level: "warn",
    says: "Two lines of one agent carry the same `request_id`.",
    mend: "Give every call an id of its own; `growth-engine evidence add` does.",
  },
  "evidence/reused": {
    level: "block",
    says: "Every line that the text cites stood somewhere at the base already.",
    mend: "Record what was consulted for this change, and cite that.",
  },
  "evidence/rewritten": {
    level: "block",
    says: "A commit of the range changes, reorders, inserts before or removes earlier evidence lines.",
    mend: "`git rebase -i <base>`, mark the commit `edit`, `git checkout <commit>^ -- <file>`, `git commit --amend`; a later repair stays visible.",
  },
  "evidence/redacted": {
    level: "warn",
    says: "A line was replaced under a redaction with approver and reason.",
    mend: "Nothing to mend: the redaction is shown so that a reviewer sees it.",
  },
  "evidence/broken-chain": {
    level: "block",
    says: "`prev` of a line is not the SHA-256 of the line before it in its session.",
    mend: "Restore the missing line; after a cherry-pick, bring the earlier lines too.",
  },
  "evidence/bad-receipt": {
    level: "block",
    says: "A receipt proves nothing: signature, inclusion, agent, day or repository do not hold against the keys of `receipts.keys`. One that no key signed only warns.",
    mend: "Take it out, and let `growth-engine sync` fetch another; with a key that was replaced, name the old one beside the new one.",
  },
  "evidence/receipt-without-line": {
    level: "block",
    says: "The control plane received a line that its agent's day does not hold any more, or not as it was.",
    mend: "Bring the line back as it was; take a secret out with `growth-engine evidence redact`.",
  },
  "evidence/receipt-time": {
    level: "warn",
    says: "A line is dated over 5 minutes after the control plane received it, or was received over 24 hours after its own time.",
    mend: "Set the clock of the machine; let `growth-engine sync --watch` bring lines while the work goes on.",
  },
  "evidence/assurance-too-low": {
    level: "block",
    says: "A changed path requires a higher level of evidence than this change carries.",
    mend: "Let a recorder write the evidence, as `evidence.require` asks.",
  },
  "evidence/section-missing": {
    level: "block",
    says: "The pull request text has no section `MCP Evidence`.",
    mend: "Add what `growth-engine evidence section` prints.",
  },
  "evidence/section-unfilled": {
    level: "block",
    says: "The section `MCP Evidence` says nothing beyond the template.",
    mend: "Fill it with what `growth-engine evidence section` prints.",
  },
  "evidence/false-exemption": {
    level: "block",
    says: "The text claims a non-code change, and the diff holds code.",
    mend: "Cite the evidence instead; `growth-engine evidence section` prints it.",
  },
} as const satisfies Record<string, Rule>;
