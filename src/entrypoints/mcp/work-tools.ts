import { z } from "zod";
import { TaskView } from "../../features/task/contract.ts";
import { completeTask, startTask } from "../../features/work/index.ts";
import type { Tool } from "../../platform/mcp/index.ts";
import { CHECK_STATES, type HealthCheck } from "../../vocabulary/health.ts";
import { repositoryTool, revision } from "./repository-tool.ts";
import { answerOf, type Workplace } from "./workplace.ts";

const text = z.string().min(1).max(20_000);
const task = z.string().min(1).max(200);

const Check: z.ZodType<HealthCheck> = z.object({
  name: z.string(),
  state: z.enum(CHECK_STATES),
  says: z.string(),
  hint: z.string().nullable(),
  facts: z.record(z.string(), z.unknown()),
});

const SetUp = z.object({
  argv: z.array(z.string()),
  done: z.boolean(),
  approve: z
    .string()
    .optional()
    .meta({ description: "What a person types to approve it; not for an agent." }),
});

function startTool(place: Workplace): Tool {
  return repositoryTool({
    name: "task_start",
    says: "Begins a task in this checkout: claims it, makes its evidence folder, begins its heartbeat, looks at the environment, runs the set-up commands that a person approved. Others wait for the person: say so, and go on without.",
    input: z.strictObject({
      task,
      set_up: z.boolean().default(true).meta({ description: "False runs no set-up command." }),
    }),
    answer: z.looseObject({
      task: TaskView,
      claim: z.enum(["new", "kept"]),
      evidence: z.string().meta({ description: "Folder of its evidence." }),
      heartbeat: z.string().nullable(),
      environment: z.array(Check),
      setUp: z.array(SetUp),
    }),
    roles: ["agent"],
    run: async (given) => {
      const options = { ...place.server, json: true, setUp: given.set_up ? ("approved" as const) : false };
      return answerOf(place, (own) => startTask(given.task, options, own));
    },
  });
}

const Completion = {
  task: task.optional().meta({ description: "The only one that this checkout holds where it is left out." }),
  notes: text.optional().meta({ description: "What was done." }),
  proofs: z
    .array(z.strictObject({ criterion: text, proof: text }))
    .max(200)
    .optional()
    .meta({
      description: "What shows that a criterion is met: evidence, a test, an address.",
    }),
  knowledge: text.optional().meta({ description: "Where the knowledge search before the work is recorded." }),
  pull_request: text.optional().meta({ description: "Its address." }),
  merged: z.boolean().optional(),
  passed: z
    .array(z.enum(["unit", "integration"]))
    .optional()
    .meta({ description: "These tests passed on this commit." }),
  dependency_findings: z
    .int()
    .min(0)
    .max(999_999)
    .optional()
    .meta({ description: "What the dependency audit found." }),
  base: revision.optional(),
  dry_run: z.boolean().optional().meta({ description: "Says what is missing, and does nothing." }),
  fence: z.int().min(1).optional().meta({ description: "Of a claim that was made elsewhere." }),
};

function optionsOf(given: z.output<z.ZodObject<typeof Completion>>) {
  const {
    notes,
    proofs,
    knowledge,
    pull_request,
    merged,
    passed,
    dependency_findings,
    base,
    dry_run,
    fence,
  } = given;
  const options = {
    notes,
    proof: proofs?.map(({ criterion, proof }) => `${criterion}=${proof}`),
    knowledge,
    pullRequest: pull_request,
    merged,
    passed,
    dependencyFindings: dependency_findings?.toString(),
    base,
    dryRun: dry_run,
    fence: fence?.toString(),
  };
  return Object.fromEntries(Object.entries(options).filter(([, value]) => value !== undefined));
}

function completeTool(place: Workplace): Tool {
  return repositoryTool({
    name: "task_complete",
    says: "Completes a task with what this checkout shows, and writes the pull request text. When a policy of the fleet is not met, completed is false and unmet says what is missing.",
    input: z.strictObject(Completion),
    answer: z.looseObject({
      completed: z.boolean(),
      unmet: z.array(z.looseObject({ policy: z.string(), says: z.string(), mend: z.string() })),
      facts: z.looseObject({}),
      text: z.string().optional().meta({ description: "The pull request text." }),
    }),
    roles: ["agent"],
    run: async (given) => {
      const options = { ...place.server, ...optionsOf(given), json: true };
      return answerOf(place, (own) => completeTask(given.task, options, own));
    },
  });
}

/** The begin and the end of a task in this checkout. */
export function workTools(place: Workplace): Tool[] {
  return [startTool(place), completeTool(place)];
}
