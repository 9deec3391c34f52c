import { type Row, under } from "./row.ts";
import { SHOWN } from "./shown.ts";

const PHASE = "Phase-Specific Processes > Phase 12: CI Guards";

/** Phase 12. */
export const PHASE_GUARDS: readonly Row[] = [
  ...under("Phase-Specific Processes", [
    [
      "Phase 12: CI Guards",
      "`guard` judges a range with the rules of its base and answers pass, fail, not-applicable or error.",
      { now: ["command guard all"], shown: SHOWN.guards },
    ],
  ]),
  ...under(PHASE, [
    [
      "Daily Operations",
      "`guard all` and its parts `mcp`, `idle` and `ban` run in CI, before a push, and in the pre-receive hook of a git server.",
      { now: ["command guard all", "command guard receive"], shown: SHOWN.guards },
    ],
    [
      "Weekly Maintenance",
      "The week's checklist holds the four reviews below with the numbers of `guard trend`.",
      { later: ["checklist guard-weekly", "command guard trend"] },
    ],
  ]),
  ...under(`${PHASE} > Daily Operations`, [
    [
      "Guard Monitoring",
      "The verdict holds each guard with its own answer and findings; `guard explain` says which fact decided.",
      { now: ["command guard all", "command guard explain"], shown: SHOWN.explain, later: ["page guard"] },
    ],
    [
      "Compliance Tracking",
      "`guard trend` reads verdicts from history: rates, failures, times.",
      { later: ["command guard trend"] },
    ],
  ]),
  ...under(`${PHASE} > Daily Operations > Guard Monitoring`, [
    [
      "Monitor guard-mcp status",
      "`guard mcp` answers for the evidence of a range.",
      { now: ["command guard mcp"], shown: SHOWN.guards, later: ["monitor guard.mcp"] },
    ],
    [
      "Track idle-guard performance",
      "`guard idle` answers for the heartbeats of a range; its run times stand in bench/ and later in the trend.",
      { now: ["command guard idle"], shown: SHOWN.judgeHeartbeat, later: ["metric guard.duration"] },
    ],
    [
      "Validate dev-mcp-ban enforcement",
      "`guard ban` answers for the whole tree at the head; that the check is required is read from the forge.",
      { now: ["command guard ban"], shown: SHOWN.guards, later: ["monitor health.guard"] },
    ],
    [
      "Review CI pipeline health",
      "Share, duration and causes of failed runs, from the forge's check runs.",
      { later: ["monitor health.ci", "metric guard.ci"] },
    ],
  ]),
  ...under(`${PHASE} > Daily Operations > Compliance Tracking`, [
    [
      "Track guard compliance rates",
      "Share of ranges that passed each guard, by repository, agent and week.",
      { later: ["command guard trend", "metric guard.compliance"] },
    ],
    [
      "Identify common failures",
      "Rules by number of findings, with the folders and agents where they gather.",
      { later: ["command guard trend"] },
    ],
    [
      "Monitor resolution times",
      "Time from the first failing verdict of a pull request to its first pass.",
      { later: ["command guard trend", "metric guard.resolution"] },
    ],
    [
      "Analyze guard effectiveness",
      "Findings corrected before the merge, merged in spite of it, and found only afterwards.",
      { later: ["command guard trend", "metric guard.effectiveness"] },
    ],
  ]),
  ...under(`${PHASE} > Weekly Maintenance`, [
    [
      "Review guard performance",
      "Run times of the guards over the week, kept outside the verdict so that verdicts stay reproducible.",
      { now: ["document bench/README.md"], shown: SHOWN.guards, later: ["metric guard.duration"] },
    ],
    [
      "Optimize guard configuration",
      "`rules` gives each rule its level, so that a team goes from observe to warn to block; observing reports what would have been blocked.",
      { now: ["config rules"], shown: SHOWN.levels, later: ["command guard all --observe"] },
    ],
    [
      "Update guard rules",
      "A guard takes its rules from the base, so that no pull request switches them off; its change is `guard/self-change`.",
      { now: ["config rules", "rule guard/self-change"], shown: SHOWN.selfChange },
    ],
    [
      "Analyze compliance trends",
      "The compliance rates week by week, with the change of rules and levels marked on the line.",
      { later: ["command guard trend", "page metric"] },
    ],
  ]),
];
