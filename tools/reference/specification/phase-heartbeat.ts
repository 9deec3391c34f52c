import { type Row, under } from "./row.ts";
import { SHOWN } from "./shown.ts";

const PHASE = "Phase-Specific Processes > Phase 10: Heartbeat Monitoring";

/** Phase 10. */
export const PHASE_HEARTBEAT: readonly Row[] = [
  ...under("Phase-Specific Processes", [
    [
      "Phase 10: Heartbeat Monitoring",
      "The feature `heartbeat` and the guard `idle-guard`: beats while working, and silence that cannot hide.",
      {
        now: ["command heartbeat beat", "command heartbeat status", "command guard idle"],
        shown: SHOWN.guards,
      },
    ],
  ]),
  ...under(PHASE, [
    [
      "Daily Operations",
      "`heartbeat status` for now, `heartbeat verify` for the record, both from files alone.",
      { now: ["command heartbeat status", "command heartbeat verify"], shown: SHOWN.status },
    ],
    [
      "Weekly Maintenance",
      "The week's checklist holds the trends below and the backtest of other thresholds.",
      {
        now: ["command heartbeat verify --trends", "command heartbeat patterns"],
        shown: SHOWN.trends,
        later: ["checklist heartbeat-weekly"],
      },
    ],
  ]),
  ...under(`${PHASE} > Daily Operations`, [
    [
      "Activity Monitoring",
      "Beats are read per agent and task over all folders of the agent, so that midnight and a second task hide nothing.",
      { now: ["command heartbeat status", "command heartbeat verify"], shown: SHOWN.verifyHeartbeat },
    ],
    [
      "Performance Analysis",
      "Interval median, 95th percentile and longest silence per agent say who beats how.",
      { now: ["command heartbeat verify --trends"], shown: SHOWN.trends, later: ["page heartbeat"] },
    ],
  ]),
  ...under(`${PHASE} > Daily Operations > Activity Monitoring`, [
    [
      "Track agent heartbeat frequency",
      "The trends give the median and 95th percentile of the intervals between an agent's beats.",
      { now: ["command heartbeat verify --trends"], shown: SHOWN.trends },
    ],
    [
      "Identify idle agents",
      "`heartbeat status` marks as late every task whose last beat says `doing` and is older than `heartbeat.staleAfter`; `heartbeat live` tells of the whole fleet who is late, stale or offline, within five seconds of the limit.",
      {
        now: ["command heartbeat status", "command heartbeat live", "config heartbeat.staleAfter"],
        shown: SHOWN.liveStates,
      },
    ],
    [
      "Monitor task progress",
      "The last `progress`, `file` and `status` of each task stand in `heartbeat status`.",
      { now: ["command heartbeat status", "command task list"], shown: SHOWN.status },
    ],
    [
      "Alert on stale heartbeats",
      "`heartbeat status` exits 1 when a task is late; `heartbeat/gap` and `heartbeat/unfinished` block the merge; live alerts come from the control plane.",
      {
        now: ["command heartbeat status", "rule heartbeat/gap", "rule heartbeat/unfinished"],
        shown: SHOWN.judgeHeartbeat,
        later: ["monitor heartbeat.stale"],
      },
    ],
  ]),
  ...under(`${PHASE} > Daily Operations > Performance Analysis`, [
    [
      "Analyze heartbeat patterns",
      "Trends per agent from the records; usual rhythm and its changes over weeks from the control plane.",
      {
        now: ["command heartbeat verify --trends", "command heartbeat patterns"],
        shown: SHOWN.livePatterns,
        later: ["metric heartbeat.interval"],
      },
    ],
    [
      "Identify bottlenecks",
      "`heartbeat patterns` names the tasks that stood still longest, with all of their silence; the records' trends name each agent's longest.",
      {
        now: ["command heartbeat patterns", "command heartbeat verify --trends"],
        shown: SHOWN.livePatterns,
        later: ["metric heartbeat.bottleneck"],
      },
    ],
    [
      "Optimize monitoring intervals",
      "`heartbeat.staleAfter` and `heartbeat.requiredAfter` are config; a backtest says what another value would have raised.",
      {
        now: ["config heartbeat.staleAfter", "command heartbeat thresholds", "command heartbeat backtest"],
        shown: SHOWN.livePatterns,
      },
    ],
    [
      "Review alert thresholds",
      "The backtest gives, for 10, 15 and 20 minutes, how many alerts last month would have had and how many false ones.",
      { now: ["command heartbeat backtest"], shown: SHOWN.livePatterns },
    ],
  ]),
  ...under(`${PHASE} > Weekly Maintenance`, [
    [
      "Analyze heartbeat trends",
      "Median, 95th percentile and longest silence per agent from `heartbeat verify`, as text or JSON.",
      { now: ["command heartbeat verify --trends"], shown: SHOWN.trends },
    ],
    [
      "Optimize monitoring configuration",
      "Levels and durations live in `growth-engine.json`; a mistake there is refused with the nearest valid key.",
      { now: ["config rules", "config heartbeat.staleAfter"], shown: SHOWN.config },
    ],
    [
      "Review alert effectiveness",
      "For each alert rule: how many were acted on, ignored or false, and the time to the first action.",
      { later: ["metric alert.effectiveness"] },
    ],
    [
      "Update monitoring procedures",
      "The monitoring runbook is a process page under `document lint`; a changed threshold without a changed page is reported.",
      { later: ["command document lint"] },
    ],
  ]),
];
