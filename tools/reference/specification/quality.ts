import { type Row, under } from "./row.ts";
import { SHOWN } from "./shown.ts";

const VALIDATION = "Quality Assurance > Process Validation";
const IMPROVEMENT = "Quality Assurance > Continuous Improvement";

/** "Quality Assurance". */
export const QUALITY: readonly Row[] = [
  ...under("", [
    [
      "Quality Assurance",
      "Whether processes are written, followed and good is measured from records, not asked of anybody.",
      { later: ["page checklist", "page metric"] },
    ],
  ]),
  ...under("Quality Assurance", [
    [
      "Process Validation",
      "Each box below is filled from records by a daily and a weekly job.",
      { later: ["job checklist-daily", "job checklist-weekly"] },
    ],
    [
      "Continuous Improvement",
      "Proposals, trials and their results are kept as records with a metric each.",
      { later: ["command metric propose"] },
    ],
  ]),
  ...under(VALIDATION, [
    [
      "Daily Checks",
      "The day's checklist of quality, filled by the checks named below.",
      { later: ["checklist quality-daily"] },
    ],
    [
      "Weekly Reviews",
      "The week's review opens with the change of each number against the week before.",
      { later: ["checklist quality-weekly"] },
    ],
  ]),
  ...under(`${VALIDATION} > Daily Checks`, [
    [
      "All processes documented",
      "Every line of this page has a row here, and a test fails when one has none; `document lint` will do the same for a fleet's own processes.",
      {
        now: ["document docs/reference/specification.md"],
        shown: SHOWN.specification,
        later: ["command document lint"],
      },
    ],
    [
      "Procedures followed",
      "Guard verdicts say whether evidence, heartbeat and ban were kept; completion policies say it for tasks.",
      { now: ["command guard all"], shown: SHOWN.guards, later: ["metric task.adherence"] },
    ],
    [
      "Quality standards met",
      "The policies of completed tasks (criteria proven, runs passed on the final tree) held today.",
      { later: ["metric task.quality"] },
    ],
    [
      "Compliance maintained",
      "`guard all` passed for everything merged today: `forge pulls --without-verdict` names what it did not.",
      { now: ["command guard all", "command forge pulls"], shown: SHOWN.hooks },
    ],
    [
      "Performance targets achieved",
      "Each measure with a target is compared with it; the misses are listed.",
      { later: ["metric health.duration", "metric task.cycle-time"] },
    ],
    [
      "Issues resolved promptly",
      "Alerts, incidents and failing guards older than their target are listed with their owners.",
      { later: ["metric alert.resolution"] },
    ],
  ]),
  ...under(`${VALIDATION} > Weekly Reviews`, [
    [
      "Process effectiveness",
      "`guard trend` sets findings corrected before the merge against those found only afterwards, per rule.",
      { now: ["command guard trend"], shown: SHOWN.trend },
    ],
    [
      "Procedure accuracy",
      "Commands named in runbooks and process pages are checked to exist; a dead one is a finding.",
      { later: ["rule document/unknown-command"] },
    ],
    [
      "Quality improvements",
      "Rework, reopened tasks and reverted merges of the week against the week before.",
      { later: ["metric task.rework"] },
    ],
    [
      "Compliance updates",
      "Changes of rules, levels and exemptions in the week, from the config's history.",
      { now: ["rule guard/self-change", "command audit list"], shown: SHOWN.selfChange },
    ],
    [
      "Performance optimization",
      "The slowest routes, jobs and guard runs of the week with their change.",
      { later: ["page metric"] },
    ],
    [
      "Issue resolution",
      "Alerts and incidents opened and closed in the week, with those that came back.",
      { later: ["metric incident.recurrence"] },
    ],
  ]),
  ...under(IMPROVEMENT, [
    [
      "Process Enhancement",
      "A proposal runs from idea over trial to adopted or dropped, with the metric that decides.",
      { later: ["command metric propose"] },
    ],
    [
      "Training and Development",
      "What agents and people do not know shows in blocks, findings and searches without a result.",
      { later: ["checklist training"] },
    ],
  ]),
  ...under(`${IMPROVEMENT} > Process Enhancement`, [
    [
      "Identify improvement opportunities",
      "`guard trend` lists the most frequent failures and the longest times to a pass; candidates are proposed from them later.",
      { now: ["command guard trend"], shown: SHOWN.trend, later: ["command metric propose"] },
    ],
    [
      "Implement process changes",
      "A change of process is a change of config or document, merged like code under the guards.",
      { now: ["rule guard/self-change"], shown: SHOWN.selfChange, later: ["command document new"] },
    ],
    [
      "Monitor improvement results",
      "The metric of a proposal is shown before and after its start, with the spread of both.",
      { later: ["command metric compare"] },
    ],
    [
      "Document lessons learned",
      "A closed proposal leaves a knowledge entry, also when it failed.",
      { later: ["command kb index"] },
    ],
    [
      "Share best practices",
      "Adopted practices are knowledge entries that the brief before a task shows where they apply.",
      { later: ["command kb search"] },
    ],
    [
      "Update procedures",
      "`document lint` lists the pages that still describe the old way, by the words the proposal replaced.",
      { later: ["command document lint"] },
    ],
  ]),
  ...under(`${IMPROVEMENT} > Training and Development`, [
    [
      "Team training needs",
      "`guard --observe` and `guard trend` list per rule whose pull requests break it, and each rule has its page.",
      {
        now: ["command guard trend", "command guard all --observe"],
        shown: SHOWN.observe,
        later: ["checklist training"],
      },
    ],
    [
      "Skill development",
      "Findings per rule and agent over time say whether a skill grew.",
      { later: ["metric agent.findings"] },
    ],
    [
      "Knowledge sharing",
      "How often a knowledge entry was found and then cited as evidence by another agent.",
      { later: ["metric knowledge.reuse"] },
    ],
    [
      "Procedure training",
      "Drills from runbooks are scheduled, timed and recorded.",
      { later: ["command incident drill"] },
    ],
    [
      "Tool training",
      "Each refusal and finding leads to the page of its rule or command; `guard explain` teaches on the user's own change.",
      { now: ["command guard explain", "document docs/reference/commands.md"], shown: SHOWN.explain },
    ],
    [
      "Process education",
      "Process pages are shown to an agent with its first task that they apply to, and that it read them is evidence.",
      { later: ["tool document_read"] },
    ],
  ]),
];
