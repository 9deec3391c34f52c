import { type Row, under } from "./row.ts";
import { SHOWN } from "./shown.ts";

const FAILURE = "Emergency Procedures > Critical System Failure";
const RECOVERY = "Emergency Procedures > Data Recovery Procedures";
const IMMEDIATE = `${FAILURE} > Immediate Response (0-5 minutes)`;
const CONTAINMENT = `${FAILURE} > Containment (5-15 minutes)`;
const RESTORE = `${FAILURE} > Recovery (15-60 minutes)`;
const AFTER = `${FAILURE} > Post-Incident (1-24 hours)`;
const BACKUP = `${RECOVERY} > Backup Verification`;
const DATA = `${RECOVERY} > Data Restoration`;

const failure: readonly Row[] = [
  ...under("Emergency Procedures", [
    [
      "Critical System Failure",
      "An incident walks through the four stages below; each has its clock, its checklist and its entries in the timeline.",
      { later: ["command incident open", "page incident"] },
    ],
  ]),
  ...under(FAILURE, [
    [
      "Immediate Response (0-5 minutes)",
      "Opening an incident starts this clock; an unfinished step after five minutes escalates by itself.",
      { later: ["command incident open", "checklist incident-response"] },
    ],
    [
      "Containment (5-15 minutes)",
      "The stage lists what can be isolated for the affected component, and what was.",
      { later: ["checklist incident-containment"] },
    ],
    [
      "Recovery (15-60 minutes)",
      "The stage leads through restore, verification and return to service with the commands filled in.",
      { later: ["checklist incident-recovery"] },
    ],
    [
      "Post-Incident (1-24 hours)",
      "Closing an incident opens its review with a due date and the timeline already written.",
      { later: ["command incident review"] },
    ],
  ]),
  ...under(IMMEDIATE, [
    [
      "Assessment",
      "The incident starts from what the monitors and guards saw, so that the first assessment is facts.",
      { later: ["command incident assess"] },
    ],
    [
      "Communication",
      "Who is told what follows from severity and components; each message and its delivery is in the timeline.",
      { later: ["command incident notify"] },
    ],
  ]),
  ...under(`${IMMEDIATE} > Assessment`, [
    [
      "Evaluate system impact",
      "The assessment shows which monitors failed and since when, from the same answers as `health`.",
      { later: ["command incident assess"] },
    ],
    [
      "Identify affected components",
      "Components come from the failing monitors and what depends on them; a person can add more.",
      { later: ["command incident assess"] },
    ],
    [
      "Assess business impact",
      "The agents, tasks, pull requests and due dates that the failing components hold up are counted and listed.",
      { later: ["command incident assess"] },
    ],
    [
      "Determine severity level",
      "Severity is proposed by policy from impact and priority, and set by a person with a reason.",
      { later: ["policy incident.severity"] },
    ],
  ]),
  ...under(`${IMMEDIATE} > Communication`, [
    [
      "Notify management",
      "The managers of the affected owners are notified by their own channels, with acknowledgement.",
      { later: ["policy incident.notify", "job incident-notify"] },
    ],
    [
      "Alert relevant teams",
      "Teams that own an affected component are alerted, and agents with open tasks there are told to wait.",
      { later: ["policy incident.notify"] },
    ],
    [
      "Update status dashboard",
      "The status page follows the incident's state and shows the last public note.",
      { later: ["page incident"] },
    ],
    [
      "Document initial assessment",
      "The assessment is the first entry of the append-only timeline, with its author and the facts it rests on.",
      { later: ["command incident assess", "page audit"] },
    ],
  ]),
  ...under(CONTAINMENT, [
    [
      "Isolation",
      "A freeze stops claims, merges or a single agent's tokens; every freeze names who set it and when it ends.",
      { later: ["command incident freeze"] },
    ],
    [
      "Stabilization",
      "Fixes are tried from the runbook of the component, and their effect is measured by its monitors.",
      { later: ["checklist incident-containment"] },
    ],
  ]),
  ...under(`${CONTAINMENT} > Isolation`, [
    [
      "Isolate affected systems",
      "`agent suspend` revokes an agent's tokens and returns its tasks; a frozen path fails the guard.",
      { later: ["command agent suspend", "command incident freeze"] },
    ],
    [
      "Prevent further damage",
      "While a freeze holds, claims and merges in its scope are refused with its reason.",
      { later: ["policy incident.freeze"] },
    ],
    [
      "Preserve evidence",
      "Records cannot be changed unseen: `evidence/rewritten` and `heartbeat/rewritten` hold now; an incident adds a sealed copy of what it touched.",
      {
        now: ["rule evidence/rewritten", "rule heartbeat/rewritten"],
        shown: SHOWN.rewritten,
        later: ["command incident preserve"],
      },
    ],
    [
      "Document containment actions",
      "Each freeze, suspension and note is a timeline entry with actor and time.",
      { later: ["command incident note", "page audit"] },
    ],
  ]),
  ...under(`${CONTAINMENT} > Stabilization`, [
    [
      "Implement temporary fixes",
      "A temporary fix is a task linked to the incident, with an expiry that raises an alert.",
      { later: ["command task create"] },
    ],
    [
      "Restore basic functionality",
      "The runbook marks which monitors make up basic function; the stage ends when they answer.",
      { later: ["checklist incident-containment"] },
    ],
    [
      "Monitor system stability",
      "The monitors of the affected components run at a shorter interval until the incident closes.",
      { later: ["monitor incident"] },
    ],
    [
      "Document stabilization steps",
      "Commands run from the runbook and their results are kept in the timeline.",
      { later: ["command incident note"] },
    ],
  ]),
  ...under(RESTORE, [
    [
      "System Recovery",
      "`backup restore` brings the database back to a point, and the checks below follow by themselves.",
      { later: ["command backup restore"] },
    ],
    [
      "Service Restoration",
      "Freezes are lifted one by one, and the incident closes when every component answered for its time.",
      { later: ["command incident close"] },
    ],
  ]),
  ...under(`${RESTORE} > System Recovery`, [
    [
      "Restore from backups",
      "`backup restore` restores into a database beside the live one and swaps only after its checks passed.",
      { later: ["command backup restore"] },
    ],
    [
      "Validate system integrity",
      "Schema, foreign keys, row counts, the audit chain and the evidence log's consistency are checked; for checkouts `evidence verify` does it now.",
      { now: ["command evidence verify"], shown: SHOWN.verifyEvidence, later: ["command backup verify"] },
    ],
    [
      "Test critical functions",
      "A self-test claims, beats, completes and guards in a fleet of its own and removes it again.",
      { now: ["command health"], shown: SHOWN.health },
    ],
    [
      "Monitor system performance",
      "Response time, error rate and job lag are shown against their values before the incident.",
      { later: ["monitor incident", "page metric"] },
    ],
  ]),
  ...under(`${RESTORE} > Service Restoration`, [
    [
      "Restore full functionality",
      "The list of freezes and degraded components must be empty before the incident can close.",
      { later: ["command incident close"] },
    ],
    [
      "Validate all components",
      "`health` must answer well for every component: could-not-tell does not close an incident.",
      { now: ["command health"], shown: SHOWN.health },
    ],
    [
      "Monitor system health",
      "After closing, the monitors stay at the shorter interval for the time that the severity asks.",
      { later: ["monitor incident"] },
    ],
    [
      "Document recovery process",
      "The timeline from backup to swap, with durations against the targets, is part of the incident's report.",
      { later: ["command incident report"] },
    ],
  ]),
  ...under(AFTER, [
    [
      "Analysis",
      "The review is a document with required parts, started from the timeline.",
      { later: ["command incident review"] },
    ],
    [
      "Prevention",
      "Each action of a review is a task with owner and due date; an overdue one raises an alert.",
      { later: ["command incident review", "command task create"] },
    ],
  ]),
  ...under(`${AFTER} > Analysis`, [
    [
      "Conduct root cause analysis",
      "The review asks for cause, contributing facts and the evidence for each, and cannot be closed without.",
      { later: ["command incident review"] },
    ],
    [
      "Document lessons learned",
      "Lessons become knowledge entries that `kb search` finds before the next task there.",
      { later: ["command kb index"] },
    ],
    [
      "Identify improvement opportunities",
      "Improvements are recorded as proposals with the metric that they should move.",
      { later: ["command metric propose"] },
    ],
    [
      "Update procedures",
      "The review names the runbooks and process pages to change; `document lint` checks that they were.",
      { later: ["command document lint"] },
    ],
  ]),
  ...under(`${AFTER} > Prevention`, [
    [
      "Implement preventive measures",
      "Measures are tasks linked to the incident; the incident's page shows which are done.",
      { later: ["command task create", "page incident"] },
    ],
    [
      "Update monitoring systems",
      "The review asks which monitor would have seen it first, and links the one that was added.",
      { later: ["command alert rules"] },
    ],
    [
      "Enhance alerting procedures",
      "Alert rules are tried against the incident's own history before they go live.",
      { later: ["command alert backtest"] },
    ],
    [
      "Train team members",
      "A drill from the incident's runbook is scheduled and its result recorded per person and agent.",
      { later: ["checklist training", "command incident drill"] },
    ],
  ]),
];

const recovery: readonly Row[] = [
  ...under("Emergency Procedures", [
    [
      "Data Recovery Procedures",
      "Backups are taken, restored for trial and measured by jobs; the records in git are recovered by git itself and verified by `evidence verify`.",
      { now: ["command evidence verify"], shown: SHOWN.verifyEvidence, later: ["page backup"] },
    ],
  ]),
  ...under(RECOVERY, [
    [
      "Backup Verification",
      "Each backup ends as recovered, not recovered or could not run; the last is never shown green.",
      { later: ["job backup-verify", "command backup verify"] },
    ],
    [
      "Data Restoration",
      "`backup restore` is one procedure for drill and emergency, so that the drill tests the emergency.",
      { later: ["command backup restore"] },
    ],
  ]),
  ...under(BACKUP, [
    [
      "Backup Integrity Check",
      "A nightly job restores the newest backup into an empty database and checks it.",
      { later: ["job backup-verify"] },
    ],
    [
      "Recovery Planning",
      "`backup plan` prints the steps for the present state: what is lost, how long it takes, in which order.",
      { later: ["command backup plan"] },
    ],
  ]),
  ...under(`${BACKUP} > Backup Integrity Check`, [
    [
      "Verify backup completeness",
      "Tables, row counts and the newest timestamps are compared with the manifest written during the backup.",
      { later: ["command backup verify"] },
    ],
    [
      "Test backup restoration",
      "The restore is really carried out, into a database that is thrown away: a hash of a file is no test.",
      { later: ["job backup-verify"] },
    ],
    [
      "Validate data integrity",
      "Constraints, the audit chain and sums per table must hold in the restored database.",
      { later: ["command backup verify"] },
    ],
    [
      "Document backup status",
      "`backup list` shows age, size, place and the last trial of each backup, and alerts when one is overdue.",
      { later: ["command backup list", "monitor backup"] },
    ],
  ]),
  ...under(`${BACKUP} > Recovery Planning`, [
    [
      "Assess recovery requirements",
      "Recovery point and recovery time targets are config; the plan compares them with what the last trials took.",
      { later: ["policy backup.targets"] },
    ],
    [
      "Plan recovery sequence",
      "The plan orders database, jobs, server, spools and agents, each with its command.",
      { later: ["command backup plan"] },
    ],
    [
      "Identify dependencies",
      "The plan names the keys, secrets, storage and versions that a restore needs and checks that they are at hand.",
      { later: ["command backup plan"] },
    ],
    [
      "Document recovery procedures",
      "The recovery runbook is generated from the same steps, so that page and command cannot drift apart.",
      { later: ["document docs/runbooks/restore.md"] },
    ],
  ]),
  ...under(DATA, [
    [
      "Restoration Process",
      "Restore, checks and swap are one command with progress and a log in the audit trail.",
      { later: ["command backup restore"] },
    ],
    [
      "Verification",
      "The same checks as the nightly trial run on the restored data before it is used.",
      { later: ["command backup verify"] },
    ],
  ]),
  ...under(`${DATA} > Restoration Process`, [
    [
      "Execute restoration procedures",
      "`backup restore --to <time>` runs the plan and stops at the first step that fails, with the way back.",
      { later: ["command backup restore"] },
    ],
    [
      "Validate restored data",
      "Row counts, sums and newest records are compared with the manifest of the backup.",
      { later: ["command backup verify"] },
    ],
    [
      "Test system functionality",
      "The self-test of `health` runs against the restored database before the swap.",
      { now: ["command health"], shown: SHOWN.health },
    ],
    [
      "Monitor system performance",
      "Latency and job lag of the restored database are watched for the first hour, with an alert on a change.",
      { later: ["monitor backup.restored"] },
    ],
  ]),
  ...under(`${DATA} > Verification`, [
    [
      "Verify data completeness",
      "What clients and agents still hold in their spools is delivered again, and what is missing is named.",
      { now: ["command sync"], shown: SHOWN.sync, later: ["command backup verify"] },
    ],
    [
      "Test system functionality",
      "After the swap the self-test runs once more, against the live address.",
      { now: ["command health"], shown: SHOWN.health },
    ],
    [
      "Validate business processes",
      "Open claims, leases, alerts and incidents are compared with git and the forge, and differences are listed.",
      { later: ["command backup verify"] },
    ],
    [
      "Document restoration results",
      "The restore writes a report: point reached, time taken against the targets, what was lost.",
      { later: ["command backup report"] },
    ],
  ]),
];

/** "Emergency Procedures". */
export const EMERGENCY: readonly Row[] = [
  ...under("", [
    [
      "Emergency Procedures",
      "Incidents and backups are features of the control plane; the repository half keeps working without it.",
      { later: ["page incident", "page backup"] },
    ],
  ]),
  ...failure,
  ...recovery,
];
