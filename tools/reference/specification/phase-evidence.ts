import { type Row, under } from "./row.ts";
import { SHOWN } from "./shown.ts";

const PHASE = "Phase-Specific Processes > Phase 9: MCP Evidence System";

/** Phase 9, and the heading above the phases. */
export const PHASE_EVIDENCE: readonly Row[] = [
  ...under("", [
    [
      "Phase-Specific Processes",
      "Each phase is one feature folder with its commands, rules and guard: evidence, heartbeat, ban, guard.",
      { now: ["check test/architecture/names.test.ts"], shown: "test/architecture/names.test.ts" },
    ],
  ]),
  ...under("Phase-Specific Processes", [
    [
      "Phase 9: MCP Evidence System",
      "The feature `evidence` and the guard `guard-mcp`: one JSON line per consulted source, travelling with the code and judged with it.",
      { now: ["command evidence add", "command evidence verify", "command guard mcp"], shown: SHOWN.guards },
    ],
  ]),
  ...under(PHASE, [
    [
      "Daily Operations",
      "`evidence list`, `verify` and `coverage` answer the day's questions from files and git alone.",
      {
        now: ["command evidence list", "command evidence verify", "command evidence coverage"],
        shown: SHOWN.verifyEvidence,
      },
    ],
    [
      "Weekly Maintenance",
      "A weekly job runs the four steps below for each repository and puts what it did on the week's checklist.",
      { later: ["checklist evidence-weekly", "job evidence-archive"] },
    ],
  ]),
  ...under(`${PHASE} > Daily Operations`, [
    [
      "Evidence File Management",
      "Files are created, checked and appended by the commands below; `.gitattributes` merges them by union.",
      {
        now: ["command evidence add", "command evidence import", "document .gitattributes"],
        shown: SHOWN.add,
      },
    ],
    [
      "Compliance Monitoring",
      "`evidence coverage` and `guard mcp` say which changes have proof and which do not.",
      { now: ["command evidence coverage", "command guard mcp"], shown: SHOWN.coverage },
    ],
  ]),
  ...under(`${PHASE} > Daily Operations > Evidence File Management`, [
    [
      "Monitor evidence file creation",
      "`evidence list` shows what was recorded, filtered by agent, task, tool and date, as a table or JSON.",
      { now: ["command evidence list"], shown: SHOWN.list, later: ["monitor evidence"] },
    ],
    [
      "Validate JSONL format",
      "`evidence verify` reads strictly line by line: broken JSON, two objects on one line, over-long lines and empty files are named with line and column.",
      {
        now: [
          "command evidence verify",
          "rule evidence/invalid-json",
          "rule evidence/not-an-object",
          "rule evidence/line-too-long",
          "rule evidence/empty",
        ],
        shown: SHOWN.verifyEvidence,
      },
    ],
    [
      "Check required fields",
      "`tool`, `doc_ref`, `request_id`, `timestamp` and `purpose` must be non-empty text, and the time a real one that the commit allows.",
      {
        now: [
          "rule evidence/missing-field",
          "rule evidence/bad-timestamp",
          "rule evidence/future",
          "rule evidence/date-mismatch",
          "rule evidence/duplicate-request-id",
        ],
        shown: SHOWN.verifyEvidence,
      },
    ],
    [
      "Archive old evidence files",
      "`evidence archive` moves records of old folders into one archive a month, reads it back and compares every sum before anything is deleted; the guard sees that the lines moved, and `list` and `verify` still see them.",
      {
        now: ["command evidence archive", "rule evidence/rewritten", "rule evidence/bad-archive"],
        shown: SHOWN.archive,
      },
    ],
  ]),
  ...under(`${PHASE} > Daily Operations > Compliance Monitoring`, [
    [
      "Track evidence coverage",
      "`evidence coverage` says which changed code files of a range, or of the last days, have evidence, by agent, tool and folder; `guard trend` shows it week by week.",
      {
        now: ["command evidence coverage", "command guard trend"],
        shown: SHOWN.coverage,
        later: ["metric evidence.coverage"],
      },
    ],
    [
      "Identify missing evidence",
      "`evidence/missing` names a change without a line, `evidence/required-tool-missing` the tool that was not consulted, `evidence/untracked` a record that never got committed.",
      {
        now: ["rule evidence/missing", "rule evidence/required-tool-missing", "rule evidence/untracked"],
        shown: SHOWN.gatherEvidence,
      },
    ],
    [
      "Validate PR template compliance",
      "`--pr-body` is read as a Markdown tree: a missing or untouched section and an exemption that the diff contradicts each have a rule.",
      {
        now: [
          "rule evidence/section-missing",
          "rule evidence/section-unfilled",
          "rule evidence/false-exemption",
          "config pullRequest.sections",
        ],
        shown: SHOWN.pullRequest,
      },
    ],
    [
      "Monitor CI guard status",
      "`guard mcp` answers in the forms that CI systems read: GitHub annotations, SARIF, JUnit, JSON, Markdown.",
      { now: ["command guard mcp"], shown: SHOWN.guards, later: ["page guard"] },
    ],
  ]),
  ...under(`${PHASE} > Weekly Maintenance`, [
    [
      "Clean up old evidence files",
      "`evidence archive --older-than` takes folders out of the tree and keeps their files in monthly archives with checksums; what is not committed is named and left.",
      { now: ["command evidence archive"], shown: SHOWN.archive },
    ],
    [
      "Optimize evidence file structure",
      "`append` keeps one file per topic and agent and day; the weekly report names files that are too large or hold one line only.",
      { now: ["command evidence add"], shown: SHOWN.add, later: ["metric evidence.files"] },
    ],
    [
      "Review compliance metrics",
      "`evidence coverage --days` gives the share per agent, tool and folder; `guard trend` its course over weeks.",
      {
        now: ["command evidence coverage", "command guard trend"],
        shown: SHOWN.trend,
        later: ["metric evidence.coverage"],
      },
    ],
    [
      "Update evidence templates",
      "`init` writes the template, and adds the sections that one lacks; `evidence section` prints their current form; a change to the template is reported for review.",
      {
        now: ["command init", "command evidence section", "rule guard/self-change"],
        shown: SHOWN.init,
      },
    ],
  ]),
];
