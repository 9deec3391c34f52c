import type { RuleName } from "../../../src/vocabulary/rules/index.ts";
import type { Story } from "./story.ts";

type HeartbeatRule = Extract<RuleName, `heartbeat/${string}`>;

const BEAT = '{"timestamp":"2026-01-31T09:30:00Z","task":"ENG-42","status":"doing","progress":"40%"}';

const silence: Pick<
  Record<HeartbeatRule, Story>,
  | "heartbeat/missing"
  | "heartbeat/uncovered"
  | "heartbeat/gap"
  | "heartbeat/unfinished"
  | "heartbeat/not-monotonic"
  | "heartbeat/rewritten"
  | "heartbeat/redacted"
> = {
  "heartbeat/missing": {
    why: "An agent that works for hours without a sign of life may as well be stuck. The span of the work is read from commits and records, so that nobody has to be believed about it.",
    as: "text",
    wrong: "first commit 09:00, last commit 11:30, no beat",
    right: "first commit 09:00, last commit 10:45, no beat",
  },
  "heartbeat/uncovered": {
    why: "Beats that begin in the middle of the work leave its start unseen. A warning, since a forgotten first beat cannot be made up for.",
    as: "text",
    wrong: "work 09:00–12:00, beats 10:00–12:00",
    right: "work 09:00–12:00, beats 09:05–11:55",
  },
  "heartbeat/gap": {
    why: "Only the last line used to be read, so that hours of silence in the middle were invisible. Every pair of neighbouring beats of a task is compared; a beat that says `blocked` or `done` announces its pause.",
    as: "jsonl",
    wrong:
      '{"timestamp":"…T09:00:00Z","task":"ENG-42","status":"doing"}\n{"timestamp":"…T09:16:00Z","task":"ENG-42","status":"doing"}',
    right:
      '{"timestamp":"…T09:00:00Z","task":"ENG-42","status":"blocked"}\n{"timestamp":"…T13:00:00Z","task":"ENG-42","status":"doing"}',
  },
  "heartbeat/unfinished": {
    why: "A task whose last word is `doing` was left, not finished. One task's `done` does not close another's.",
    as: "text",
    wrong: "last beat 09:30 `doing`, head commit 10:00",
    right: "last beat 09:55 `doing`, head commit 10:00   or   last beat 09:30 `done`",
  },
  "heartbeat/not-monotonic": {
    why: "Beats are appended as they happen. A later line with an earlier time was inserted, or the clock was moved. Equal times are fine, and a merge may interleave sessions.",
    as: "text",
    wrong: "09:00, 09:10, 09:05",
    right: "09:00, 09:10, 09:10",
  },
  "heartbeat/rewritten": {
    why: "A gap can be closed afterwards by writing beats into it. Every commit of the range is compared with its parents: earlier lines stay, new ones come after them.",
    as: "text",
    wrong:
      ' {"timestamp":"…T09:00:00Z", …}\n+{"timestamp":"…T09:12:00Z", …}\n {"timestamp":"…T09:40:00Z", …}',
    right: ' {"timestamp":"…T09:40:00Z", …}\n+{"timestamp":"…T09:52:00Z", …}',
  },
  "heartbeat/redacted": {
    why: "A leaked secret must be taken out, and nobody should be able to take out a beat quietly: the redaction names its SHA-256, reason and approver, and the reviewer is told.",
    as: "text",
    wrong: "a beat is gone, and `artifacts/redactions.jsonl` holds its SHA-256, reason and approver",
    right: "every beat of the base is still there",
  },
};

const files: Pick<
  Record<HeartbeatRule, Story>,
  | "heartbeat/not-found"
  | "heartbeat/untracked"
  | "heartbeat/bad-path"
  | "heartbeat/bad-archive"
  | "heartbeat/empty"
> = {
  "heartbeat/not-found": {
    why: "A path in a pull request text proves nothing unless the commit holds the file.",
    as: "markdown",
    wrong: "## Heartbeat\n- artifacts/ada/2026-01-31/hartbeat.ndjson",
    right: "## Heartbeat\n- artifacts/ada/2026-01-31/heartbeat.ndjson",
  },
  "heartbeat/untracked": {
    why: "Beats that lie on one machine's disk are seen by nobody else.",
    as: "sh",
    wrong: "git check-ignore artifacts/ada/2026-01-31/heartbeat.ndjson",
    right: "git add -f artifacts/ada/2026-01-31/heartbeat.ndjson && git commit",
  },
  "heartbeat/bad-path": {
    why: "A cited path is foreign text; one that leads elsewhere is not read.",
    as: "text",
    wrong: "/var/log/heartbeat.ndjson",
    right: "artifacts/ada/2026-01-31/heartbeat.ndjson",
  },
  "heartbeat/bad-archive": {
    why: "Records that moved into an archive are read only through it. One that lost an entry, unpacks without end or names files outside would take them away, so each entry is held against the manifest.",
    as: "text",
    wrong:
      "artifacts/archive/2026-01.tar.gz: entry artifacts/ada/…/context7.jsonl has another SHA-256 than SHA256SUMS names",
    right: "tar -xzf artifacts/archive/2026-01.tar.gz && sha256sum --check SHA256SUMS",
  },
  "heartbeat/empty": {
    why: "A file created and never written to looks like a heartbeat in a file list.",
    as: "text",
    wrong: "artifacts/ada/2026-01-31/heartbeat.ndjson   0 bytes",
    right: "artifacts/ada/2026-01-31/heartbeat.ndjson   1 line",
  },
};

const lines: Pick<
  Record<HeartbeatRule, Story>,
  | "heartbeat/invalid-json"
  | "heartbeat/line-too-long"
  | "heartbeat/not-an-object"
  | "heartbeat/missing-field"
  | "heartbeat/bad-timestamp"
  | "heartbeat/bad-status"
  | "heartbeat/future"
> = {
  "heartbeat/invalid-json": {
    why: "A line that cannot be read is a beat that nobody saw. The other lines of the file are still read.",
    as: "jsonl",
    wrong: '{"timestamp":"2026-01-31T09:30:00Z","task":',
    right: BEAT,
  },
  "heartbeat/line-too-long": {
    why: "A beat is a sign of life, not a log; a line of megabytes makes every reader pay for it.",
    as: "text",
    wrong: '{"progress":"… 2 MB of output …", …}',
    right: BEAT,
  },
  "heartbeat/not-an-object": {
    why: "A JSON text or list is valid JSON and no beat.",
    as: "jsonl",
    wrong: '["2026-01-31T09:30:00Z","ENG-42","doing"]',
    right: BEAT,
  },
  "heartbeat/missing-field": {
    why: "A beat without a task or a time cannot be put into any order.",
    as: "jsonl",
    wrong: '{"timestamp":"2026-01-31T09:30:00Z","status":"doing"}',
    right: BEAT,
  },
  "heartbeat/bad-timestamp": {
    why: "A time without an offset is a different instant on every machine.",
    as: "jsonl",
    wrong: '{"timestamp":"09:30","task":"ENG-42","status":"doing"}',
    right: BEAT,
  },
  "heartbeat/bad-status": {
    why: "`completed`, `in_progress` and `error` were all seen in real files, and a typo once counted as alive.",
    as: "jsonl",
    wrong: '{"timestamp":"2026-01-31T09:30:00Z","task":"ENG-42","status":"in_progress"}',
    right: BEAT,
  },
  "heartbeat/future": {
    why: "A beat from after the commit that holds it would cover silence that is still to come. Five minutes are left for clocks that disagree.",
    as: "text",
    wrong: "beat 12:00, head commit 09:30",
    right: "beat 09:33, head commit 09:30",
  },
};

const sections: Pick<
  Record<HeartbeatRule, Story>,
  "heartbeat/section-missing" | "heartbeat/section-unfilled" | "heartbeat/false-exemption"
> = {
  "heartbeat/section-missing": {
    why: "The reviewer reads the pull request: it must say where the beats are, or why there are none.",
    as: "markdown",
    wrong: "## Summary\nFaster prices.",
    right: "## Heartbeat\n- artifacts/ada/2026-01-31/heartbeat.ndjson",
  },
  "heartbeat/section-unfilled": {
    why: "What stands word for word in the repository's template says nothing; nor do comments, code and placeholders.",
    as: "markdown",
    wrong: "## Heartbeat\n- [ ] artifacts/<agent>/<date>/heartbeat.ndjson\n- [ ] <2h single session",
    right: "## Heartbeat\n- [x] <2h single session",
  },
  "heartbeat/false-exemption": {
    why: '"Under two hours" is compared with the commits and the records of the range: whichever spans longer decides.',
    as: "text",
    wrong: "<2h single session   and records from 09:00 to 12:30",
    right: "<2h single session   and commits and records from 09:00 to 10:30",
  },
};

export const HEARTBEAT_STORIES: Record<HeartbeatRule, Story> = {
  ...silence,
  ...files,
  ...lines,
  ...sections,
};
