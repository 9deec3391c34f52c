import { type Row, under } from "./row.ts";
import { SHOWN } from "./shown.ts";

const TASK = "Process Architecture > 2. Task Execution Process";
const BEFORE = `${TASK} > Pre-Task Preparation`;
const WORK = `${TASK} > Task Execution Workflow`;

/** "2. Task Execution Process". */
export const TASK_EXECUTION: readonly Row[] = [
  ...under("Process Architecture", [
    [
      "2. Task Execution Process",
      "`task start` prepares, beats and evidence accompany, `task complete` closes; each state change is an append-only event.",
      {
        now: ["command task start", "command task complete", "command task events"],
        shown: SHOWN.taskDay,
        later: ["page task"],
      },
    ],
  ]),
  ...under(TASK, [
    [
      "Pre-Task Preparation",
      "`task start` does the three steps below in one command and refuses a task whose dependencies are open; it says that there is no knowledge brief yet.",
      { now: ["command task start"], shown: SHOWN.taskDay, later: ["command kb search"] },
    ],
    [
      "Task Execution Workflow",
      "The states assigned, in progress, blocked, completed and cancelled follow the three phases, each with its completion policy.",
      { now: ["command task show", "command task policy"], shown: SHOWN.taskDay },
    ],
  ]),
  ...under(BEFORE, [
    [
      "KB Search Execution",
      "`kb search` looks through tasks, documents and incidents before the work starts; a failed query is an error, never a result.",
      { later: ["command kb search"] },
    ],
    [
      "Context Review",
      "The search answers with a brief in the four parts below, each entry with its source.",
      { later: ["command kb search"] },
    ],
    [
      "Evidence Setup",
      "`task start` readies folder, heartbeat and environment; `evidence add` and `heartbeat beat` create what is missing by themselves.",
      {
        now: ["command task start", "command evidence add", "command heartbeat beat"],
        shown: SHOWN.taskDay,
      },
    ],
  ]),
  ...under(`${BEFORE} > KB Search Execution`, [
    [
      'npx tsx scripts/agent/kb-search.ts <TASK-ID> "<TASK-TITLE>" <agent>',
      'The same words work as `growth-engine kb search <TASK-ID> "<TASK-TITLE>" <agent>`, and the search is recorded as evidence.',
      { later: ["command kb search", "tool knowledge_search"] },
    ],
  ]),
  ...under(`${BEFORE} > Context Review`, [
    [
      "Review existing solutions",
      "The brief lists finished tasks and documents that answer the same question, best first.",
      { later: ["command kb search"] },
    ],
    [
      "Identify common issues",
      "The brief lists incidents, blocks and guard findings that earlier work on the same files met.",
      { later: ["command kb search"] },
    ],
    [
      "Check security considerations",
      "The brief lists security findings and redactions of the touched paths, and the tools that evidence there requires.",
      { later: ["command kb search"] },
    ],
    [
      "Note integration points",
      "The brief lists who imports the touched files and which open tasks and reservations overlap.",
      { now: ["command task conflicts"], shown: SHOWN.reservations, later: ["command kb search"] },
    ],
  ]),
  ...under(`${BEFORE} > Evidence Setup`, [
    [
      "Create MCP Evidence directories",
      "`task start` makes `artifacts/<agent>/<date>/mcp/`; `evidence add` makes a file with its first line, so that no empty one is ever left behind.",
      { now: ["command task start", "command evidence add", "rule evidence/empty"], shown: SHOWN.taskDay },
    ],
    [
      "Initialize heartbeat monitoring (if task >2h)",
      "Work over `heartbeat.requiredAfter` without a beat is `heartbeat/missing`; `task start` writes the first beat when the estimate is longer.",
      {
        now: ["command task start", "rule heartbeat/missing", "config heartbeat.requiredAfter"],
        shown: SHOWN.taskDay,
      },
    ],
    [
      "Prepare development environment",
      "`task start` runs the configured set-up commands, each after this user approved exactly it, and `doctor` checks the result.",
      { now: ["command task start", "config task.setUp", "command doctor"], shown: SHOWN.taskDay },
    ],
  ]),
  ...under(WORK, [
    [
      "Implementation Phase",
      "Records accompany the work: `evidence add` and `heartbeat beat` by hand, hooks and the recording proxy without a hand.",
      {
        now: [
          "command evidence add",
          "command heartbeat beat",
          "command mcp proxy",
          "command hook",
          "command init --agents",
        ],
        shown: SHOWN.hook,
      },
    ],
    [
      "Testing Phase",
      "`run` records exit code, totals and the tree that tests ran on; `task complete` hands in what was recorded on this tree, or is told it with `--passed`, and a policy can ask for it.",
      { now: ["command run", "command task complete", "command task policy"], shown: SHOWN.run },
    ],
    [
      "Completion Phase",
      "`task complete` checks the completion policy, closes the heartbeat, writes the pull request text and archives by policy.",
      { now: ["command task complete", "command evidence section"], shown: SHOWN.taskDay },
    ],
  ]),
  ...under(`${WORK} > Implementation Phase`, [
    [
      "Follow MCP-first development approach",
      "`evidence.requireTools` blocks a change whose paths or imports need a tool that was not consulted; `witness coverage` measures the share of changed files whose documentation was consulted before their first edit, by agent and folder.",
      {
        now: [
          "rule evidence/required-tool-missing",
          "config evidence.requireTools",
          "command witness coverage",
          "config witness.documentation",
        ],
        shown: SHOWN.witness,
      },
    ],
    [
      "Log all MCP tool usage",
      "`evidence add`, and the tool `evidence_add` of `mcp serve`, append one line per use, safe against concurrent writers; the proxy and the hooks record every call, and `witness coverage` says which calls and edits none of them saw.",
      {
        now: ["command evidence add", "command mcp serve", "command mcp proxy", "command witness coverage"],
        shown: SHOWN.proxy,
      },
    ],
    [
      "Update heartbeat regularly",
      "`heartbeat beat` appends a beat; more than `heartbeat.staleAfter` of silence while doing is `heartbeat/gap`.",
      {
        now: ["command heartbeat beat", "rule heartbeat/gap", "config heartbeat.staleAfter"],
        shown: SHOWN.verifyHeartbeat,
      },
    ],
    [
      "Maintain evidence files",
      "Records only grow: `evidence/rewritten` compares every commit of the range, so that an edited line shows even when the final diff hides it.",
      { now: ["rule evidence/rewritten", "command evidence verify"], shown: SHOWN.rewritten },
    ],
  ]),
  ...under(`${WORK} > Testing Phase`, [
    [
      "Run unit tests",
      "`run --kind unit` records the run with the totals that the runner itself reported.",
      { now: ["command run", "command task policy", "rule run/shrunk"], shown: SHOWN.run },
    ],
    [
      "Execute integration tests",
      "`run --kind integration` records the run; `run.require` and a policy of the fleet can require it on the final tree.",
      {
        now: [
          "command run",
          "rule run/missing",
          "rule run/stale",
          "config run.require",
          "command task policy",
        ],
        shown: SHOWN.runGuard,
      },
    ],
    [
      "Validate against acceptance criteria",
      "`task complete` requires a named proof for each criterion of the task, where the fleet's policy asks for it.",
      { now: ["command task complete", "command task policy"], shown: SHOWN.taskDay },
    ],
    [
      "Check security compliance",
      "`task complete` searches what the branch adds for secrets and its production code for banned packages; a policy can require both and a dependency audit without findings. `run --kind security` records other checks.",
      {
        now: ["command task complete", "command task policy", "command ban scan", "command run"],
        shown: SHOWN.taskDay,
      },
    ],
  ]),
  ...under(`${WORK} > Completion Phase`, [
    [
      "Log task completion",
      "`task complete` closes it on the server and beats `done`; a task left at `doing` is `heartbeat/unfinished`.",
      { now: ["command task complete", "rule heartbeat/unfinished"], shown: SHOWN.taskDay },
    ],
    [
      "Update progress in database",
      "`task progress`, `task complete` and beats write progress with the fence of the claim, so that a stale agent cannot.",
      {
        now: ["command task progress", "command task complete"],
        shown: SHOWN.taskDay,
      },
    ],
    [
      "Generate PR template",
      "`evidence section` writes the three sections from the facts, never an exemption that the facts contradict.",
      { now: ["command evidence section"], shown: SHOWN.section },
    ],
    [
      "Archive evidence files",
      "`evidence archive` packs old folders with checksums and deletes only what it has read back.",
      { now: ["command evidence archive"], shown: SHOWN.archive },
    ],
  ]),
];
