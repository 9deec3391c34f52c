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
      { later: ["command day start", "checklist daily-operations"] },
    ],
  ]),
  ...under(DAILY, [
    [
      "Morning Startup Process",
      "`day start` runs the three steps below in order and exits 1 when one of them is not well.",
      { later: ["command day start"] },
    ],
    [
      "Daily Operations Checklist",
      "A checklist per fleet and day whose boxes are filled by checks, not by hand, each with what was seen and when.",
      { later: ["checklist daily-operations", "page checklist"] },
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
      { now: ["command task list"], shown: SHOWN.taskDay, later: ["command day start"] },
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
      "`health` reads the last verdict of each guard on the default branch and whether each is a required check.",
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
      { now: ["command heartbeat beat"], shown: SHOWN.beat, later: ["command day start"] },
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
      "`health` reads the check runs of the default branch from the forge and says what failed, since when, and for which reason.",
      { now: ["command health"], shown: SHOWN.health },
    ],
  ]),
  ...under(`${DAILY} > Daily Operations Checklist`, [
    [
      "System health check completed",
      "Ticked by `day start` when every monitor of `health` answered, with the answers kept beside the box.",
      { later: ["checklist daily-operations"] },
    ],
    [
      "All agents have active tasks",
      "Ticked when every agent that is alive holds a task; the agents without one are named.",
      { later: ["checklist daily-operations"] },
    ],
    [
      "No critical blockers identified",
      "Ticked when no P0 or P1 task is blocked and no blocked task holds others up; each that does is named.",
      { later: ["checklist daily-operations"] },
    ],
    [
      "MCP Evidence tracking active",
      "Ticked when records arrived since the last start from every agent that changed code, and `evidence verify` passes.",
      {
        now: ["command evidence verify"],
        shown: SHOWN.verifyEvidence,
        later: ["checklist daily-operations"],
      },
    ],
    [
      "Heartbeat monitoring operational",
      "Ticked when the staleness job ran on time and `heartbeat verify` passes on the records of the day.",
      {
        now: ["command heartbeat verify"],
        shown: SHOWN.verifyHeartbeat,
        later: ["checklist daily-operations"],
      },
    ],
    [
      "Dev MCP Ban enforcement active",
      "Ticked when `ban scan` passes on the default branch and dev-mcp-ban is a required check.",
      { now: ["command ban scan"], shown: SHOWN.scan, later: ["checklist daily-operations"] },
    ],
    [
      "CI Guards functioning",
      "Ticked when each guard answered on the last merges: an `error` verdict is not an answer.",
      { later: ["checklist daily-operations"] },
    ],
  ]),
];
