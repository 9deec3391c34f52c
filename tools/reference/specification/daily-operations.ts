import { type Row, under } from "./row.ts";
import { SHOWN } from "./shown.ts";

const DAILY = "Process Architecture > 1. Daily Operations";
const MORNING = `${DAILY} > Morning Startup Process`;

/** "1. Daily Operations". */
export const DAILY_OPERATIONS: readonly Row[] = [
  ...under("", [
    [
      "Process Architecture",
      "The three processes below are features with commands of the same names: day, task, alert; the repository half carries their records.",
      {
        now: ["document ARCHITECTURE.md"],
        shown: "test/architecture/links.test.ts",
        later: ["page checklist"],
      },
    ],
  ]),
  ...under("Process Architecture", [
    [
      "1. Daily Operations",
      "`day start` carries out the morning of a fleet in one command and fills its checklist with what it saw.",
      { now: ["command day start"], shown: SHOWN.morning },
    ],
  ]),
  ...under(DAILY, [
    [
      "Morning Startup Process",
      "`day start` carries out the three steps below at the same time, exits 1 when a box of the checklist is not well, and 3 when one could not be told.",
      { now: ["command day start"], shown: SHOWN.morning },
    ],
    [
      "Daily Operations Checklist",
      "A checklist per fleet and day whose boxes are filled by checks, not by hand, each with what was seen and when.",
      { now: ["command day start"], shown: SHOWN.morning, later: ["page checklist"] },
    ],
  ]),
  ...under(MORNING, [
    [
      "System Health Check",
      "`health` asks every component and answers with one state each: well, not well, could not tell.",
      { now: ["command health"], shown: SHOWN.health, later: ["page health"] },
    ],
    [
      "Agent Coordination",
      "The step shows who works on what, what is blocked and who shares a resource, from the task store.",
      { now: ["command task list", "command day start"], shown: SHOWN.taskDay },
    ],
    [
      "Environment Validation",
      "`doctor` checks the checkout, git, Node, the config, the hooks and the MCP servers that `.mcp.json` names.",
      { now: ["command doctor"], shown: SHOWN.doctor },
    ],
  ]),
  ...under(`${MORNING} > System Health Check`, [
    [
      "Verify all Growth Engine components are operational",
      "`health` covers database, jobs, disk, clock skew, evidence, heartbeats, ban and guards, and calls an unanswered one unhealthy.",
      { now: ["command health"], shown: SHOWN.health },
    ],
    [
      "Check MCP Evidence system status",
      "`evidence verify` reads every record of the checkout and names each broken line; `health` adds whether recorders still write.",
      { now: ["command evidence verify", "command health"], shown: SHOWN.verifyEvidence },
    ],
    [
      "Validate Heartbeat monitoring",
      "`heartbeat status` says of each agent and task whether its last beat is fresh, late or done; `health` adds whether staleness is still being looked for.",
      { now: ["command heartbeat status", "command health"], shown: SHOWN.status },
    ],
    [
      "Confirm Dev MCP Ban enforcement",
      "`ban scan` judges the working tree now; `health` adds, from the forge's branch protection, that the check is required.",
      { now: ["command ban scan", "command health"], shown: SHOWN.scan },
    ],
    [
      "Review CI Guards status",
      "`health` says whether verdicts arrive and answer, and whether the default branch requires the guards.",
      { now: ["command health"], shown: SHOWN.health, later: ["page guard"] },
    ],
  ]),
  ...under(`${MORNING} > Agent Coordination`, [
    [
      "Review task assignments from database",
      "`task list` shows each open task with agent, state, priority, progress and due time, from PostgreSQL; `task show` its lease.",
      { now: ["command task list", "command task show"], shown: SHOWN.taskDay, later: ["page task"] },
    ],
    [
      "Check for blocked tasks and dependencies",
      "`task list --state blocked` shows what kind of thing blocks, `task show` the reason and the unfinished dependencies; circles are refused when they are made.",
      { now: ["command task list", "command task show", "command task depend"], shown: SHOWN.taskDay },
    ],
    [
      "Coordinate with other agents for shared resources",
      "`reservation take` reserves file globs, environments and names under a lease and a fence, or queues for them; waiting circles are refused; `task conflicts` answers who else touches what a task may touch.",
      {
        now: ["command reservation take", "command reservation circles", "command task conflicts"],
        shown: SHOWN.reservations,
      },
    ],
    [
      "Update progress on active tasks",
      "Progress follows the `progress` of beats; `day start` names active tasks without any since the last start and asks their agents.",
      { now: ["command heartbeat beat", "command day start"], shown: SHOWN.beat },
    ],
  ]),
  ...under(`${MORNING} > Environment Validation`, [
    [
      "Verify development environment setup",
      "`doctor` checks Node, git, config, hooks, and that `artifacts/` is not git-ignored, and prints the command that mends each.",
      { now: ["command doctor"], shown: SHOWN.doctor },
    ],
    [
      "Check MCP tool availability",
      "`health` makes a real `initialize` and `tools/list` with each MCP server of `.mcp.json` that the user approved.",
      { now: ["command health"], shown: SHOWN.health },
    ],
    [
      "Validate database connections",
      "`health` measures latency, free connections and pending migrations; `/readyz` answers 503 without them.",
      { now: ["command health"], shown: SHOWN.health },
    ],
    [
      "Confirm CI/CD pipeline status",
      "`health` reads the checks of the default branch's head from the forge; `day start` adds share, duration and causes of failed runs over a week.",
      { now: ["command health"], shown: SHOWN.health },
    ],
  ]),
  ...under(`${DAILY} > Daily Operations Checklist`, [
    [
      "System health check completed",
      "Ticked by `day start` when every monitor of `health` answered, with the answers kept beside the box.",
      { now: ["command day start"], shown: SHOWN.morning },
    ],
    [
      "All agents have active tasks",
      "Ticked when every agent of the fleet holds a task; the agents without one are named.",
      { now: ["command day start"], shown: SHOWN.morning },
    ],
    [
      "No critical blockers identified",
      "Ticked when no P0 or P1 task is blocked and no blocked task holds others up; each that does is named.",
      { now: ["command day start"], shown: SHOWN.morning },
    ],
    [
      "MCP Evidence tracking active",
      "Ticked when git takes evidence along, what the checkout holds is valid, and the control plane could tell whether lines arrive.",
      { now: ["command evidence verify", "command day start"], shown: SHOWN.morning },
    ],
    [
      "Heartbeat monitoring operational",
      "Ticked when the job that looks for silent agents ran within the last minute; who is silent at work is named.",
      { now: ["command heartbeat verify", "command day start"], shown: SHOWN.morning },
    ],
    [
      "Dev MCP Ban enforcement active",
      "Ticked when `ban scan` passes on the checkout, a workflow enforces it and the config does not switch it off.",
      { now: ["command ban scan", "command day start"], shown: SHOWN.morning },
    ],
    [
      "CI Guards functioning",
      "Ticked when the default branch requires the guards, for administrators too, its head is green, and verdicts could be read.",
      { now: ["command day start"], shown: SHOWN.morning },
    ],
  ]),
];
