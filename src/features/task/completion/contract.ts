import { z } from "zod";
import { endpoint, name, text } from "../../../platform/endpoint/index.ts";
import { RUN_KINDS } from "../../../vocabulary/run-kind.ts";
import { COMPLETION_POLICIES } from "../../../vocabulary/task.ts";
import { agentName, fence, TaskView, taskId } from "../fields/contract.ts";

const tree = z
  .string()
  .regex(/^[\da-f]{40}([\da-f]{24})?$/, "is the full name of a git tree")
  .meta({ description: "The git tree that this is about." });
const count = z.int().min(0).max(1_000_000);

/** What the completing client hands in. All of it is `claimed`: the server did not see it happen. */
export const CompletionFacts = z.strictObject({
  notes: text(10_000).optional(),
  tree: tree.optional(),
  evidence: z
    .strictObject({ paths: z.array(text(500)).max(200), records: count })
    .optional()
    .meta({ description: "Evidence files of the repository, and how many lines they hold for this task." }),
  knowledge: z
    .strictObject({ reference: text(1000), found: count.optional() })
    .optional()
    .meta({ description: "Where the knowledge search before the work is recorded." }),
  pull_request: z
    .strictObject({ url: z.url({ protocol: /^https?$/ }).max(1000), merged: z.boolean() })
    .optional(),
  proofs: z
    .array(z.strictObject({ criterion: name(64), proof: text(2000) }))
    .max(100)
    .optional()
    .meta({ description: "Which proof met which criterion, by the criterion's id." }),
  runs: z
    .array(
      z.strictObject({
        kind: z.enum(RUN_KINDS),
        passed: z.boolean(),
        tree,
        reference: text(1000).optional(),
        recorded: z
          .boolean()
          .optional()
          .meta({ description: "By `growth-engine run`; the reference is the line that tells of it." }),
      }),
    )
    .max(50)
    .optional(),
  security: z
    .strictObject({ tree: tree.optional(), secrets: count, ban: count, dependencies: count })
    .optional()
    .meta({
      description: "Findings of the check of the diff; a part that was not checked is not handed in.",
    }),
});
export type CompletionFacts = z.output<typeof CompletionFacts>;

/** A policy of the fleet that the facts do not meet. */
export const UnmetPolicy = z.object({
  policy: z.enum(COMPLETION_POLICIES),
  says: z.string(),
  mend: z.string().meta({ description: "What would meet it." }),
});
export type UnmetPolicy = z.output<typeof UnmetPolicy>;

export const completeTask = endpoint({
  name: "task_complete",
  method: "POST",
  path: "/api/v1/task/:task/complete",
  says: "Completes a task that the caller holds, when the fleet's policies are met; all that are not are named.",
  roles: ["agent"],
  params: z.strictObject({ task: taskId }),
  body: z.strictObject({ fence, facts: CompletionFacts.default({}) }),
  answer: z.object({
    task: TaskView,
    released: z.array(z.string()).meta({ description: "Tasks that waited for this one alone." }),
  }),
});

export const checkCompletion = endpoint({
  name: "task_check_completion",
  method: "POST",
  path: "/api/v1/task/:task/check",
  says: "Which policies facts would leave unmet; changes nothing.",
  roles: ["admin", "manager", "agent", "viewer"],
  reads: true,
  params: z.strictObject({ task: taskId }),
  body: z.strictObject({ facts: CompletionFacts.default({}) }),
  answer: z.object({ unmet: z.array(UnmetPolicy) }),
});

const HOUR_SECONDS = 3600;
const leaseSeconds = z
  .int()
  .min(30)
  .max(24 * HOUR_SECONDS)
  .meta({ description: "How long a claim lasts without a beat; 900 unless set." });

export const TaskSettings = z.object({
  lease_seconds: z.int(),
  policies: z.array(z.enum(COMPLETION_POLICIES)),
  agents: z
    .array(z.object({ agent: z.string(), lease_seconds: z.int() }))
    .meta({ description: "Agents with a lease of their own." }),
});
export type TaskSettings = z.output<typeof TaskSettings>;

export const showSettings = endpoint({
  name: "task_show_settings",
  method: "GET",
  path: "/api/v1/task/settings",
  says: "How long claims of the fleet last, and what completion asks.",
  roles: ["admin", "manager", "agent", "viewer"],
  answer: TaskSettings,
});

export const setSettings = endpoint({
  name: "task_set_settings",
  method: "PUT",
  path: "/api/v1/task/settings",
  says: "Sets how long claims of the fleet last and what completion asks; what is left out stays.",
  roles: ["admin", "manager"],
  body: z.strictObject({
    lease_seconds: leaseSeconds.optional(),
    policies: z.array(z.enum(COMPLETION_POLICIES)).max(COMPLETION_POLICIES.length).optional(),
  }),
  answer: TaskSettings,
});

export const setAgentLease = endpoint({
  name: "task_set_agent_lease",
  method: "PUT",
  path: "/api/v1/task/settings/agent/:agent",
  says: "Sets how long one agent's claims last; null: as the fleet's.",
  roles: ["admin", "manager"],
  params: z.strictObject({ agent: agentName }),
  body: z.strictObject({ lease_seconds: leaseSeconds.nullable() }),
  answer: TaskSettings,
});
