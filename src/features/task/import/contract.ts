import { z } from "zod";
import { endpoint, text } from "../../../platform/endpoint/index.ts";
import { agentName, taskFields, taskId, taskIds } from "../fields/contract.ts";

const MAX_TASKS = 2_000;
const MAX_BYTES = 16 << 20;

/** A task of another store. It may need tasks of the same call, in any order, and tasks that are there. */
export const ImportedTask = z.strictObject({
  id: taskId,
  ...taskFields,
  assignee: agentName.optional(),
  depends_on: taskIds.optional().meta({ description: "Left out: nothing is said of it." }),
  state: z
    .enum(["assigned", "completed", "cancelled"])
    .default("assigned")
    .meta({ description: "Of a task that is not there yet; work under way is `assigned`." }),
  reason: text(2000).optional(),
});
export type ImportedTask = z.output<typeof ImportedTask>;

export const IMPORT_OUTCOMES = ["added", "changed", "unchanged", "skipped"] as const;

export const importTasks = endpoint({
  name: "task_import",
  method: "POST",
  path: "/api/v1/task/import",
  says: "Takes tasks of another store, all or none. Asked again, it changes nothing.",
  roles: ["admin", "manager"],
  maxBytes: MAX_BYTES,
  body: z.strictObject({
    tasks: z.array(ImportedTask).min(1).max(MAX_TASKS),
    dry_run: z.boolean().default(false).meta({ description: "Say what would be done, and do nothing." }),
    existing: z
      .enum(["change", "skip"])
      .default("change")
      .meta({ description: "What happens to tasks that are there and differ." }),
  }),
  answer: z.object({
    dry_run: z.boolean(),
    tasks: z.array(
      z.object({
        id: z.string(),
        outcome: z.enum(IMPORT_OUTCOMES),
        fields: z.array(z.string()).meta({ description: "What differed." }),
        why: z.string().nullable().meta({ description: "Why it was skipped." }),
      }),
    ),
  }),
});
