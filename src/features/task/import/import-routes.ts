import { type Route, route } from "../../../platform/server/index.ts";
import { importTasks as endpoint } from "../contract.ts";
import { importTasks } from "./import-tasks.ts";

/** Tasks of other stores. */
export const IMPORT_ROUTES: readonly Route[] = [
  route(endpoint, async ({ transaction, actor, body, now }) => {
    const { tasks, dry_run, existing } = body;
    const wish = { tasks, dryRun: dry_run, change: existing === "change" };
    const plans = await importTasks(transaction, actor, wish, now);
    return {
      dry_run,
      tasks: plans.map(({ id, outcome, fields, why }) => ({ id, outcome, fields, why })),
    };
  }),
];
