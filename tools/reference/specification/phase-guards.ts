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
      "`guard all` and its parts `mcp`, `idle` and `ban` run in CI (on GitHub as an action that answers every event), before a push, and in the pre-receive hook of a git server.",
      {
        now: ["command guard all", "command guard receive", "document templates/github-workflow.yml"],
        shown: SHOWN.action,
      },
    ],
    [
      "Weekly Maintenance",
      "The week's checklist holds the four reviews below with the numbers of `guard trend`.",
      { now: ["command guard trend"], shown: SHOWN.trend, later: ["checklist guard-weekly"] },
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
      "`guard trend` judges past pull requests from history: rates, failures, times, effect.",
      { now: ["command guard trend"], shown: SHOWN.trend },
    ],
  ]),
  ...under(`${PHASE} > Daily Operations > Guard Monitoring`, [
    [
      "Monitor guard-mcp status",
      "`guard mcp` answers for the evidence of a range; `guard verdicts --guard guard-mcp` lists what it answered over the fleet, and who says so.",
      { now: ["command guard mcp", "command guard verdicts"], shown: SHOWN.verdicts },
    ],
    [
      "Track idle-guard performance",
      "`guard idle` answers for the heartbeats of a range; its run times stand in bench/ and later in the trend.",
      { now: ["command guard idle"], shown: SHOWN.judgeHeartbeat, later: ["metric guard.duration"] },
    ],
    [
      "Validate dev-mcp-ban enforcement",
      "`guard ban` answers for the whole tree at the head, as a check of its own name; that the check is required is read from the forge.",
      { now: ["command guard ban", "document action.yml", "command health"], shown: SHOWN.action },
    ],
    [
      "Review CI pipeline health",
      "`ci simulate` plays every event of the forge and says what each required check would answer; `ci status` gives share, duration and causes of failed runs by workflow and week, from the forge's webhooks.",
      {
        now: ["command ci simulate", "command ci status", "command health"],
        shown: SHOWN.ciHealth,
      },
    ],
  ]),
  ...under(`${PHASE} > Daily Operations > Compliance Tracking`, [
    [
      "Track guard compliance rates",
      "`guard trend` gives the share of merges that passed, in all, by guard and by week, by the rules that held then; `guard rates` gives it over a fleet, from kept verdicts.",
      { now: ["command guard trend", "command guard rates"], shown: SHOWN.verdicts },
    ],
    [
      "Identify common failures",
      "`guard trend` lists the rules that failed pull requests, most first, with the folders, agents and authors where they gather.",
      { now: ["command guard trend"], shown: SHOWN.trend },
    ],
    [
      "Monitor resolution times",
      "`guard trend` measures from the first failing commit of a pull request to the first that passed: median and 95th percentile; `guard rates` measures it over a fleet, from the first failing verdict on.",
      { now: ["command guard trend", "command guard rates"], shown: SHOWN.verdicts },
    ],
    [
      "Analyze guard effectiveness",
      "`guard trend` counts findings corrected before the merge, merged in spite of it, and found only afterwards, by rule.",
      { now: ["command guard trend"], shown: SHOWN.trend, later: ["metric guard.effectiveness"] },
    ],
  ]),
  ...under(`${PHASE} > Weekly Maintenance`, [
    [
      "Review guard performance",
      "Run times are kept outside the verdict, so that verdicts stay reproducible; `guard trend` gives median and 95th percentile by command and week.",
      {
        now: ["command guard trend", "document bench/README.md"],
        shown: SHOWN.trend,
        later: ["metric guard.duration"],
      },
    ],
    [
      "Optimize guard configuration",
      "`rules` gives each rule its level, so that a team goes from observe to warn to block; `guard --observe` reports what each would have blocked, and suggests a level.",
      { now: ["config rules", "command guard all --observe"], shown: SHOWN.observe },
    ],
    [
      "Update guard rules",
      "A guard takes its rules from the base, so that no pull request switches them off; its change is `guard/self-change`.",
      { now: ["config rules", "rule guard/self-change"], shown: SHOWN.selfChange },
    ],
    [
      "Analyze compliance trends",
      "`guard trend` gives the compliance rates week by week, and names the merges that changed the rules.",
      { now: ["command guard trend"], shown: SHOWN.trend, later: ["page metric"] },
    ],
  ]),
];
