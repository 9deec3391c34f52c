import type { Rule } from "./rule.ts";

/** Rules of idle-guard (contract §3). */
export const HEARTBEAT_RULES = {
  "heartbeat/missing": {
    level: "block",
    says: "The work spans over 2 hours, and the range adds no heartbeat.",
    mend: "Beats cannot be added afterwards: it needs an override (`pullRequest.override`), or `heartbeat/missing` at level `warn` on the target; next time beat while working, with `growth-engine heartbeat beat --agent <agent> --task <task>`.",
  },
  "heartbeat/uncovered": {
    level: "warn",
    says: "More than 15 minutes of the work lie before the first beat or after the last.",
    mend: "Beat from the first edit to the last commit of a task.",
  },
  "heartbeat/not-found": {
    level: "block",
    says: "The pull request text cites a heartbeat file that the head commit does not hold.",
    mend: "Commit the file, or cite the one that is there.",
  },
  "heartbeat/untracked": {
    level: "block",
    says: "A cited heartbeat file lies on disk but is not part of the head commit.",
    mend: "`git add -f` the file and commit it; `growth-engine init` lets git track all records.",
  },
  "heartbeat/bad-path": {
    level: "block",
    says: "A cited path is no `artifacts/<agent>/<date>/heartbeat*.ndjson`; it was not read.",
    mend: "Cite `artifacts/<agent>/<YYYY-MM-DD>/heartbeat.ndjson`.",
  },
  "heartbeat/bad-archive": {
    level: "block",
    says: "An archive of records is damaged, hostile, or not what its manifest says; what could not be trusted was not read.",
    mend: "Take the last whole version back: `git checkout <commit> -- artifacts/archive/<month>.tar.gz`.",
  },
  "heartbeat/empty": {
    level: "block",
    says: "A heartbeat file of this change holds no line.",
    mend: "Beat with `growth-engine heartbeat beat`, or take the file out.",
  },
  "heartbeat/invalid-json": {
    level: "block",
    says: "A line is not one JSON value in UTF-8.",
    mend: "Write one JSON object per line; `growth-engine heartbeat beat` does.",
  },
  "heartbeat/line-too-long": {
    level: "block",
    says: "A line is longer than 1 MiB; it was skipped unparsed.",
    mend: "Keep `progress` to a sentence.",
  },
  "heartbeat/not-an-object": {
    level: "block",
    says: "A line is JSON, but not an object.",
    mend: "Write one JSON object per line; `growth-engine heartbeat beat` does.",
  },
  "heartbeat/missing-field": {
    level: "block",
    says: "A required field is absent, empty or not text.",
    mend: "Required are `timestamp`, `task` and `status`.",
  },
  "heartbeat/bad-timestamp": {
    level: "block",
    says: "`timestamp` is not an RFC 3339 date and time with an offset.",
    mend: "Write it like `2026-01-31T09:30:00Z`.",
  },
  "heartbeat/bad-status": {
    level: "block",
    says: "`status` is none of `doing`, `blocked`, `done`.",
    mend: "Use one of the three; `growth-engine heartbeat beat` names the right one.",
  },
  "heartbeat/future": {
    level: "block",
    says: "A beat is dated over 5 minutes after the head commit.",
    mend: "Correct the clock of the recorder, and beat again.",
  },
  "heartbeat/not-monotonic": {
    level: "block",
    says: "A later line of the same session, or of a file without sessions, is earlier in time.",
    mend: "Append beats in the order in which they happened.",
  },
  "heartbeat/gap": {
    level: "block",
    says: "More than 15 minutes lie between two neighbouring beats of which the earlier says `doing`.",
    mend: "The silence stays on record: it needs an override (`pullRequest.override`), or `heartbeat/gap` at level `warn` on the target; next time beat at least every 15 minutes, or say `blocked` or `done` before a pause.",
  },
  "heartbeat/unfinished": {
    level: "block",
    says: "The last beat of a task says `doing` and lies over 15 minutes before the head commit.",
    mend: "The silence stays on record, since a late beat would make it a gap: it needs an override (`pullRequest.override`), or `heartbeat/unfinished` at level `warn` on the target; next time close the task with `growth-engine heartbeat beat --agent <agent> --task <task> --status done` before the commit.",
  },
  "heartbeat/rewritten": {
    level: "block",
    says: "A commit of the range changes, reorders, inserts before or removes earlier beats.",
    mend: "`git rebase -i <base>`, mark the commit `edit`, `git checkout <commit>^ -- <file>`, `git commit --amend`; a later repair stays visible.",
  },
  "heartbeat/redacted": {
    level: "warn",
    says: "A beat was replaced under a redaction with approver and reason.",
    mend: "Nothing to mend: the redaction is shown so that a reviewer sees it.",
  },
  "heartbeat/section-missing": {
    level: "block",
    says: "The pull request text has no section `Heartbeat`.",
    mend: "Add what `growth-engine evidence section` prints.",
  },
  "heartbeat/section-unfilled": {
    level: "block",
    says: "The section `Heartbeat` says nothing beyond the template.",
    mend: "Fill it with what `growth-engine evidence section` prints.",
  },
  "heartbeat/false-exemption": {
    level: "block",
    says: "The text claims a single session under 2 hours, and commits or records span longer.",
    mend: "Cite the heartbeat file instead; `growth-engine evidence section` prints it.",
  },
} as const satisfies Record<string, Rule>;
