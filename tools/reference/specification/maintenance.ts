import { type Row, under } from "./row.ts";
import { SHOWN } from "./shown.ts";

const DAILY = "Maintenance Procedures > Daily Maintenance";
const WEEKLY = "Maintenance Procedures > Weekly Maintenance";
const MONTHLY = "Maintenance Procedures > Monthly Maintenance";

const daily: readonly Row[] = [
  ...under("Maintenance Procedures", [
    [
      "Daily Maintenance",
      "A job fills the day's two checklists from monitors and leaves to people only what a machine cannot see.",
      { later: ["job checklist-daily"] },
    ],
  ]),
  ...under(DAILY, [
    [
      "System Health Checks",
      "Each box below is one monitor of `health`, ticked with the answer that ticked it.",
      { now: ["command health"], shown: SHOWN.health, later: ["checklist maintenance-daily"] },
    ],
    [
      "Performance Monitoring",
      "Each box below is a measure with a threshold, ticked while the measure holds it.",
      { later: ["checklist maintenance-daily", "page metric"] },
    ],
  ]),
  ...under(`${DAILY} > System Health Checks`, [
    [
      "MCP Evidence system operational",
      "`evidence verify` passes on the default branch and recorders delivered today.",
      { now: ["command evidence verify", "command health"], shown: SHOWN.verifyEvidence },
    ],
    [
      "Heartbeat monitoring active",
      "`heartbeat status` answers and the staleness job ran within its interval.",
      { now: ["command heartbeat status", "command health"], shown: SHOWN.status },
    ],
    [
      "Dev MCP Ban enforcement working",
      "`ban scan` passes on the default branch, and a planted banned import is still found by the scanner's self-test.",
      { now: ["command ban scan", "command health"], shown: SHOWN.scan },
    ],
    [
      "CI Guards functioning",
      "`forge pulls --state merged --without-verdict` names every merge whose head no attested verdict passed: failed, `error` or never judged.",
      { now: ["command forge pulls", "command health"], shown: SHOWN.hooks },
    ],
    [
      "Database connections healthy",
      "Latency, free connections, replication and migrations are within their limits.",
      { now: ["command health"], shown: SHOWN.health },
    ],
    [
      "MCP tools accessible",
      "Each approved MCP server answers `initialize` and `tools/list` in time.",
      { now: ["command health"], shown: SHOWN.health },
    ],
  ]),
  ...under(`${DAILY} > Performance Monitoring`, [
    [
      "Response times within thresholds",
      "The 95th percentile per route is compared with its threshold.",
      { later: ["metric health.duration"] },
    ],
    [
      "Resource usage normal",
      "CPU, memory, disk and connections are compared with their usual range for the hour of the week.",
      { later: ["metric health.resources"] },
    ],
    [
      "Error rates acceptable",
      "The share of failed requests and jobs is compared with its threshold.",
      { later: ["metric health.errors", "metric health.job-errors"] },
    ],
    [
      "Throughput meeting targets",
      "Beats, evidence lines and claims per second are compared with the targets of the fleet.",
      { later: ["metric health.throughput"] },
    ],
    [
      "Alerting functioning",
      "A test alert goes through every channel each day, and its arrival is checked.",
      { later: ["monitor alert.selftest"] },
    ],
    [
      "Logging operational",
      "The newest log and audit entries are younger than a minute, and nothing was dropped.",
      { later: ["monitor audit"] },
    ],
  ]),
];

const weekly: readonly Row[] = [
  ...under("Maintenance Procedures", [
    [
      "Weekly Maintenance",
      "A job prepares the week's two checklists with proposals; a person decides.",
      { later: ["job checklist-weekly"] },
    ],
  ]),
  ...under(WEEKLY, [
    [
      "System Optimization",
      "Each box below opens with what the week's measures propose.",
      { later: ["checklist maintenance-weekly"] },
    ],
    [
      "Security Review",
      "Each box below opens with what the audit trail holds for the week.",
      { later: ["checklist security-weekly", "page audit"] },
    ],
  ]),
  ...under(`${WEEKLY} > System Optimization`, [
    [
      "Clean up old files",
      "Old records go into archives, old partitions and spools are dropped by retention, and the report says how much.",
      { later: ["job evidence-archive", "job metric-retention"] },
    ],
    [
      "Optimize database queries",
      "The slowest statements of the week are listed with their plans, from `pg_stat_statements`.",
      { later: ["command health database"] },
    ],
    [
      "Update monitoring thresholds",
      "Thresholds are config; the backtest says what another value would have raised last month.",
      {
        now: ["config heartbeat.staleAfter", "config heartbeat.requiredAfter"],
        shown: SHOWN.config,
        later: ["command alert backtest"],
      },
    ],
    [
      "Review alert configurations",
      "Rules that never fired, always fired or were always ignored are listed.",
      { later: ["command alert rules"] },
    ],
    [
      "Analyze performance trends",
      "Week over week change of response time, throughput, errors and guard run times.",
      { later: ["page metric"] },
    ],
    [
      "Update documentation",
      "Reference pages are generated and a stale one fails the check; process pages past their review date become tasks.",
      {
        now: ["document docs/reference/commands.md"],
        shown: SHOWN.reference,
        later: ["command document lint"],
      },
    ],
  ]),
  ...under(`${WEEKLY} > Security Review`, [
    [
      "Review access logs",
      "Sign-ins, tokens used and refused requests of the week, by actor and address.",
      { now: ["command audit list"], shown: SHOWN.audit },
    ],
    [
      "Check for security violations",
      "Ban findings, rewritten records and refused impersonations of the week are listed; the guards refuse the first two at the merge now.",
      {
        now: ["command guard all", "rule evidence/rewritten", "rule ban/import", "command audit list"],
        shown: SHOWN.guards,
      },
    ],
    [
      "Update security policies",
      "Policies are config under review: a change to guard config or workflow is `guard/self-change`.",
      { now: ["rule guard/self-change"], shown: SHOWN.selfChange, later: ["page audit"] },
    ],
    [
      "Review compliance status",
      "`guard trend` gives the compliance of each guard by week; an override stands in its verdict with its reason.",
      {
        now: ["command guard trend", "config pullRequest.override"],
        shown: SHOWN.trend,
        later: ["page audit"],
      },
    ],
    [
      "Analyze threat patterns",
      "Refusals are grouped by kind, actor and address, and a new kind or a rise is marked.",
      { later: ["metric audit.refusals"] },
    ],
    [
      "Update security procedures",
      "Security runbooks are pages under `document lint` with owner and review date.",
      { later: ["command document lint"] },
    ],
  ]),
];

const monthly: readonly Row[] = [
  ...under("Maintenance Procedures", [
    [
      "Monthly Maintenance",
      "A job prepares the month's review with the numbers filled in; a person signs it.",
      { later: ["job checklist-monthly"] },
    ],
  ]),
  ...under(MONTHLY, [
    [
      "Comprehensive Review",
      "One report per month with a part for each box below, kept with its signature.",
      { later: ["checklist review-monthly"] },
    ],
    [
      "Capacity Planning",
      "The report's second part: measured use, its trend, and when a limit is reached.",
      { later: ["checklist capacity-monthly", "command metric capacity"] },
    ],
  ]),
  ...under(`${MONTHLY} > Comprehensive Review`, [
    [
      "System architecture review",
      "Boundaries of the source are checked on every change with a reason each; the report lists decisions made and rules changed in the month.",
      {
        now: ["check test/architecture/boundaries.test.ts"],
        shown: SHOWN.boundaries,
        later: ["checklist review-monthly"],
      },
    ],
    [
      "Performance analysis",
      "Benchmarks and live measures of the month beside those of the month before.",
      { now: ["document bench/README.md"], shown: SHOWN.specification, later: ["page metric"] },
    ],
    [
      "Security assessment",
      "Open findings, dependency audit, token age and the month's refusals in one list.",
      { later: ["checklist review-monthly", "command audit report"] },
    ],
    [
      "Compliance audit",
      "An auditor verifies a month offline: `evidence verify --key` and `guard all` over its range need only the checkout and a public key; `evidence export` states it for other tools.",
      {
        now: ["command evidence verify", "command evidence export", "command guard all"],
        shown: SHOWN.attacks,
        later: ["command audit export"],
      },
    ],
    [
      "Documentation update",
      "Pages past their review date, dead links and pages without an owner are listed and become tasks.",
      { later: ["command document lint"] },
    ],
    [
      "Process improvement",
      "Proposals of the month with the metric that each was to move, and whether it moved.",
      { later: ["command metric propose"] },
    ],
  ]),
  ...under(`${MONTHLY} > Capacity Planning`, [
    [
      "Resource usage analysis",
      "Disk, memory, CPU and connections per fleet over the month.",
      { later: ["metric health.resources"] },
    ],
    [
      "Growth projections",
      "A projection with its error range from the last months, per measure.",
      { later: ["command metric capacity"] },
    ],
    [
      "Capacity requirements",
      "What the projection needs in disk, memory and processes at its upper range.",
      { later: ["command metric capacity"] },
    ],
    [
      "Scaling recommendations",
      "Which of the known steps (another `serve`, a replica, sharding by fleet) the projection asks for, and when.",
      { later: ["command metric capacity"] },
    ],
    [
      "Budget planning",
      "Use per fleet and agent in hours, storage and runs, as a table that a price list can be applied to.",
      { later: ["command metric export"] },
    ],
    [
      "Technology roadmap",
      "Versions of Node, PostgreSQL and dependencies in use, with their end of support.",
      { later: ["checklist review-monthly"] },
    ],
  ]),
];

/** "Maintenance Procedures". */
export const MAINTENANCE: readonly Row[] = [
  ...under("", [
    [
      "Maintenance Procedures",
      "Checklists by day, week and month; a box is ticked by the check behind it, and a box without a check by a named person.",
      { later: ["page checklist"] },
    ],
  ]),
  ...daily,
  ...weekly,
  ...monthly,
];
