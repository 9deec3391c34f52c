import { type Row, under } from "./row.ts";
import { SHOWN } from "./shown.ts";

const OPERATIONAL = "Success Metrics > Operational Metrics";
const QUALITY = "Success Metrics > Quality Metrics";

/** "Success Metrics". */
export const METRICS: readonly Row[] = [
  ...under("", [
    [
      "Success Metrics",
      "Each metric has one definition with unit, source and window, in one catalogue; none is a constant.",
      { later: ["page metric", "command metric list"] },
    ],
  ]),
  ...under("Success Metrics", [
    [
      "Operational Metrics",
      "Measured by the control plane on itself and on the tasks it keeps.",
      { later: ["page metric"] },
    ],
    [
      "Quality Metrics",
      "Computed from verdicts, records and documents.",
      { now: ["command evidence coverage"], shown: SHOWN.coverage, later: ["page metric"] },
    ],
  ]),
  ...under(OPERATIONAL, [
    [
      "System Performance",
      "Six measures below, exposed at `/metrics` and kept by time with retention.",
      { later: ["page metric"] },
    ],
    ["Process Efficiency", "Six measures below, computed from task events.", { later: ["page metric"] }],
  ]),
  ...under(`${OPERATIONAL} > System Performance`, [
    [
      "Uptime: System availability percentage",
      "Share of the probes of `/readyz` in the window that answered; a gap in probing counts as unknown, not as up.",
      { later: ["metric health.uptime"] },
    ],
    [
      "Response Time: Average response times",
      "Mean, median and 95th percentile per route.",
      { later: ["metric health.duration"] },
    ],
    [
      "Throughput: Operations per unit time",
      "Requests, beats, evidence lines and jobs per second.",
      { later: ["metric health.throughput"] },
    ],
    [
      "Error Rate: Frequency of errors",
      "Share of requests answered with 5xx, and of jobs that failed.",
      { later: ["metric health.errors"] },
    ],
    [
      "Resource Usage: CPU, memory, disk utilization",
      "CPU, memory and disk of server and database as shares of what there is.",
      { later: ["metric health.resources"] },
    ],
    [
      "Alert Response: Time to resolve alerts",
      "Time from raised to acknowledged and to resolved, median and 95th percentile per level.",
      { later: ["metric alert.resolution"] },
    ],
  ]),
  ...under(`${OPERATIONAL} > Process Efficiency`, [
    [
      "Task Completion: Percentage of tasks completed on time",
      "Completed at or before the due date, of all tasks due in the window.",
      { later: ["metric task.on-time"] },
    ],
    [
      "Process Adherence: Compliance with procedures",
      "Share of completed tasks whose every policy held without an override.",
      { later: ["metric task.adherence"] },
    ],
    [
      "Quality Metrics: Error rates and rework",
      "Share of tasks reopened and of merges reverted, in the window.",
      { later: ["metric task.rework"] },
    ],
    [
      "Resource Utilization: Efficient use of resources",
      "Share of the time of living agents that was spent progressing, waiting, blocked and idle.",
      { later: ["metric agent.utilization"] },
    ],
    [
      "Cycle Time: Time to complete processes",
      "Time from first claim to completion, without the time blocked and with it.",
      { later: ["metric task.cycle-time"] },
    ],
    [
      "Customer Satisfaction: User satisfaction ratings",
      "Ratings given on completed tasks and closed incidents, with how many were asked and how many answered.",
      { later: ["metric task.satisfaction"] },
    ],
  ]),
  ...under(QUALITY, [
    [
      "Compliance Metrics",
      "Six shares below, each with its numerator and denominator shown.",
      { now: ["command evidence coverage"], shown: SHOWN.coverage, later: ["page metric"] },
    ],
    [
      "Improvement Metrics",
      "Six measures below, each a change against the window before.",
      { later: ["page metric"] },
    ],
  ]),
  ...under(`${QUALITY} > Compliance Metrics`, [
    [
      "MCP Evidence Coverage: Percentage of code changes with evidence",
      "`evidence coverage` gives changed code files with evidence of all changed code files, by agent, tool and folder.",
      { now: ["command evidence coverage"], shown: SHOWN.coverage, later: ["metric evidence.coverage"] },
    ],
    [
      "Heartbeat Compliance: Adherence to heartbeat requirements",
      "Tasks over `heartbeat.requiredAfter` whose beats show no gap, of all such tasks; `heartbeat verify` names those that do.",
      {
        now: ["command heartbeat verify"],
        shown: SHOWN.verifyHeartbeat,
        later: ["metric heartbeat.compliance"],
      },
    ],
    [
      "Dev MCP Ban Compliance: Production safety violations",
      "`ban scan` counts the violations of a tree, `guard trend` those of each merge and week; over a fleet it is a metric.",
      {
        now: ["command ban scan", "command guard trend"],
        shown: SHOWN.trend,
        later: ["metric ban.violations"],
      },
    ],
    [
      "CI Guard Compliance: Guard check success rates",
      "`guard trend` gives passed merges of all judged ones, with those that could not be judged shown apart; `guard rates` gives the share of passes by guard over a fleet.",
      { now: ["command guard trend", "command guard rates"], shown: SHOWN.verdicts },
    ],
    [
      "Documentation Coverage: Completeness of documentation",
      "Required parts that are there, of all required parts of all process pages and runbooks.",
      { later: ["metric document.coverage"] },
    ],
    [
      "Process Adherence: Following established procedures",
      "Checklist boxes ticked in time by their check or person, of all that were due.",
      { later: ["metric checklist.adherence"] },
    ],
  ]),
  ...under(`${QUALITY} > Improvement Metrics`, [
    [
      "Process Efficiency: Time and resource optimization",
      "Change of cycle time and of waiting time against the window before.",
      { later: ["metric task.efficiency"] },
    ],
    [
      "Quality Improvement: Error reduction and quality enhancement",
      "Change of findings per merged change, by rule.",
      { later: ["metric guard.findings"] },
    ],
    [
      "Knowledge Transfer: Effective knowledge sharing",
      "Knowledge entries of one agent that another found and cited as evidence.",
      { later: ["metric knowledge.reuse"] },
    ],
    [
      "Training Effectiveness: Skill development and competency",
      "Change of an agent's findings for a rule after it was shown the rule's page.",
      { later: ["metric agent.findings"] },
    ],
    [
      "Innovation: New ideas and improvements",
      "Proposals opened, tried and adopted in the window.",
      { later: ["metric metric.proposals"] },
    ],
    [
      "Best Practices: Adoption of proven approaches",
      "Share of tasks in whose scope an adopted practice applied and was cited.",
      { later: ["metric knowledge.adoption"] },
    ],
  ]),
];
