import { sql } from "kysely";
import type { Transaction } from "../../../platform/database/index.ts";
import { JOINED, SUMMARY } from "../task-store.ts";
import type { Existing } from "./plan-import.ts";

/** Those of these tasks that are there, with all that they wait for. */
export async function findExisting(
  transaction: Transaction,
  ids: readonly string[],
): Promise<Map<string, Existing>> {
  const { rows } = await sql<Existing>`
    select ${SUMMARY}, d.description, d.criteria, d.paths, d.links, d.payload, d.handover,
      array(select e.needs from growth_engine.task_dependencies e
        where e.fleet_id = t.fleet_id and e.task = t.id order by e.needs) as needs
    from ${JOINED} where t.id = any(${ids}::text[])`.execute(transaction);
  return new Map(rows.map((row) => [row.id, row]));
}
