import { utcTimestamp } from "../../platform/clock/index.ts";
import type { Instant, Transaction } from "../../platform/database/index.ts";
import type { EventView } from "./contract.ts";

type EventTables = {
  task_events: {
    fleet_id: string;
    event: number;
    task: string;
    at: Instant;
    actor: string;
    kind: string;
    fence: number | null;
    details: Record<string, unknown>;
  };
};

/** What happened to a task after an event, oldest first. */
export async function listEvents(
  transaction: Transaction,
  { task, after, limit }: { task: string; after: number; limit: number },
): Promise<EventView[]> {
  const rows = await transaction
    .withTables<EventTables>()
    .selectFrom("task_events")
    .select(["event", "task", "at", "actor", "kind", "fence", "details"])
    .where("task", "=", task)
    .where("event", ">", after)
    .orderBy("event")
    .limit(limit)
    .execute();
  return rows.map((row) => ({ ...row, at: utcTimestamp(row.at) }));
}
