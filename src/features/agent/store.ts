import { sql } from "kysely";
import { utcTimestamp } from "../../platform/clock/index.ts";
import type { Instant, OptionalInstant, Transaction } from "../../platform/database/index.ts";
import type { AgentView } from "./contract.ts";

type AgentTables = {
  agent_agents: {
    fleet_id: string;
    name: string;
    description: string | null;
    created_at: Instant;
    retired_at: OptionalInstant;
  };
};

const COLUMNS = ["name", "description", "created_at", "retired_at"] as const;

interface Row {
  name: string;
  description: string | null;
  created_at: number;
  retired_at: number | null;
}

function view({ created_at, retired_at, ...row }: Row): AgentView {
  return {
    ...row,
    created_at: utcTimestamp(created_at),
    retired_at: retired_at === null ? null : utcTimestamp(retired_at),
  };
}

/** Makes an agent; undefined when the name is taken. */
export async function insertAgent(
  transaction: Transaction,
  fleet: string,
  { name, description, now }: { name: string; description: string | null; now: number },
): Promise<AgentView | undefined> {
  const row = await transaction
    .withTables<AgentTables>()
    .insertInto("agent_agents")
    .values({ fleet_id: fleet, name, description, created_at: utcTimestamp(now), retired_at: null })
    .onConflict((conflict) => conflict.doNothing())
    .returning(COLUMNS)
    .executeTakeFirst();
  return row && view(row);
}

/** The agent of this name in the transaction's fleet. */
export async function findAgent(transaction: Transaction, name: string): Promise<AgentView | undefined> {
  const row = await transaction
    .withTables<AgentTables>()
    .selectFrom("agent_agents")
    .select(COLUMNS)
    .where("name", "=", name)
    .executeTakeFirst();
  return row && view(row);
}

export async function listAgents(
  transaction: Transaction,
  { after, limit }: { after: string; limit: number },
): Promise<AgentView[]> {
  const rows = await transaction
    .withTables<AgentTables>()
    .selectFrom("agent_agents")
    .select(COLUMNS)
    .where("name", ">", after)
    .orderBy("name")
    .limit(limit)
    .execute();
  return rows.map(view);
}

/** Retires an agent, once; undefined when there is none of this name. */
export async function updateRetired(
  transaction: Transaction,
  name: string,
  now: number,
): Promise<AgentView | undefined> {
  const row = await transaction
    .withTables<AgentTables>()
    .updateTable("agent_agents")
    .set({ retired_at: sql`coalesce(retired_at, ${utcTimestamp(now)}::timestamptz)` })
    .where("name", "=", name)
    .returning(COLUMNS)
    .executeTakeFirst();
  return row && view(row);
}
