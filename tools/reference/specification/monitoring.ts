import { type Row, under } from "./row.ts";
import { SHOWN } from "./shown.ts";

const MONITORING = "Process Architecture > 3. Monitoring and Alerting";

/** "3. Monitoring and Alerting". */
export const MONITORING_AND_ALERTING: readonly Row[] = [
  ...under("Process Architecture", [
    [
      "3. Monitoring and Alerting",
      "Guards see what is committed; the control plane sees it live, raises alerts and escalates them until somebody acts.",
      { now: ["command guard all"], shown: SHOWN.guards, later: ["page alert"] },
    ],
  ]),
  ...under(MONITORING, [
    [
      "Real-Time Monitoring",
      "The four monitors below become live views that refresh by server-sent events.",
      { later: ["page heartbeat", "page evidence", "page ban", "page guard"] },
    ],
    [
      "Alerting Thresholds",
      "Each threshold is one rule with a level and a config key; the guards judge it at the merge, alerts while work goes on.",
      {
        now: ["config rules", "config heartbeat.staleAfter", "config heartbeat.requiredAfter"],
        shown: SHOWN.config,
        later: ["command alert rules"],
      },
    ],
    [
      "Escalation Procedures",
      "An alert that nobody acknowledges climbs the four levels; a forgotten acknowledgement notifies again.",
      { later: ["job alert-escalate", "command alert list"] },
    ],
  ]),
  ...under(`${MONITORING} > Real-Time Monitoring`, [
    [
      "MCP Evidence Tracking: Monitor evidence file creation and validation",
      "`evidence list` shows what was recorded and `evidence verify` what is broken; `sync` brings every line to the control plane once, names broken ones and notices rewritten files.",
      {
        now: [
          "command evidence list",
          "command evidence verify",
          "command sync",
          "command sync rewrites",
          "command evidence kept",
        ],
        shown: SHOWN.sync,
        later: ["monitor evidence"],
      },
    ],
    [
      "Heartbeat Monitoring: Track agent activity and identify idle agents",
      "`heartbeat status` lists each agent and task of the checkout as fresh, late or done, with the time since its last beat; `heartbeat live` every agent of the fleet.",
      {
        now: ["command heartbeat status", "command heartbeat live"],
        shown: SHOWN.liveStates,
        later: ["monitor heartbeat"],
      },
    ],
    [
      "Dev MCP Ban: Monitor for production safety violations",
      "`ban scan` finds banned imports, dependencies and started servers with the chain that leads to them; a monitor repeats it on each push.",
      {
        now: [
          "command ban scan",
          "rule ban/import",
          "rule ban/transitive",
          "rule ban/dependency",
          "rule ban/spawn",
        ],
        shown: SHOWN.scan,
        later: ["monitor ban"],
      },
    ],
    [
      "CI Guards: Ensure compliance with merge blockers",
      "`guard all` fails on any finding at level `block`; the pre-receive hook refuses the push on any git server.",
      { now: ["command guard all", "command guard receive"], shown: SHOWN.receive, later: ["monitor guard"] },
    ],
  ]),
  ...under(`${MONITORING} > Alerting Thresholds`, [
    [
      "Heartbeat Stale: >15 minutes without update",
      "Strictly more than `heartbeat.staleAfter` (15 min) between two beats of which the earlier says `doing` is `heartbeat/gap`.",
      {
        now: ["rule heartbeat/gap", "config heartbeat.staleAfter"],
        shown: SHOWN.verifyHeartbeat,
        later: ["monitor heartbeat.stale"],
      },
    ],
    [
      "MCP Evidence Missing: Code changes without evidence",
      "`evidence/missing` blocks a range that changes code and adds no valid evidence line.",
      { now: ["rule evidence/missing"], shown: SHOWN.gatherEvidence, later: ["monitor evidence.missing"] },
    ],
    [
      "Dev MCP Violations: Banned imports in production code",
      "`ban/import` names the statement; `ban/transitive` the shortest chain by which production reaches it.",
      {
        now: ["rule ban/import", "rule ban/transitive"],
        shown: SHOWN.scan,
        later: ["monitor ban.violation"],
      },
    ],
    [
      "CI Guard Failures: Compliance check failures",
      "Exit 1 with a `fail` verdict for a finding that blocks, exit 3 with `error` when it could not be told; neither is ever a pass.",
      { now: ["command guard all"], shown: SHOWN.guards, later: ["monitor guard.failure"] },
    ],
  ]),
  ...under(`${MONITORING} > Escalation Procedures`, [
    [
      "Level 1: Automated retry and notification",
      "The check that raised the alert is repeated, and the agent's channel is told what, where and which command mends it.",
      { later: ["job alert-retry", "policy alert.level-1"] },
    ],
    [
      "Level 2: Agent notification and manual intervention",
      "The agent's inbox and the owner of the paths are asked to act, and to acknowledge, within the time of the policy.",
      { later: ["policy alert.level-2"] },
    ],
    [
      "Level 3: Manager escalation and system-wide alert",
      "The manager on call is paged and every screen of the fleet shows the alert until it is resolved.",
      { later: ["policy alert.level-3"] },
    ],
    [
      "Level 4: Emergency procedures and system recovery",
      "An incident opens by itself with its runbook, a commander and the recovery steps of the affected component.",
      { later: ["policy alert.level-4", "command incident open"] },
    ],
  ]),
];
