import { sql } from "kysely";
import type { Transaction } from "../../../platform/database/index.ts";
import type { LiveState, LiveStatus, Wait } from "../../../vocabulary/live-state.ts";
import type { Standing, ThresholdRow } from "./rules.ts";

/** Where an agent stands, as it is kept. Times are milliseconds since 1970. */
export interface StateRow {
  agent: string;
  state: LiveState;
  state_since: number;
  says: Standing["says"];
  silent_from: number | null;
  alive_at: number;
  sent_at: number | null;
  session: string | null;
  task: string | null;
  task_since: number | null;
  status: LiveStatus;
  progress: string | null;
  file: string | null;
  tool: string | null;
  tool_since: number | null;
  tool_until: number | null;
  waiting_for: Wait | null;
  waiting_until: number | null;
  progressing_at: number;
  own: ThresholdRow | null;
  fleet: ThresholdRow | null;
}

export interface Chosen {
  /** Only this agent. */
  agent: string | undefined;
  /** Agents whose name comes after it. */
  after: string;
  limit: number;
}

/** By name, with the thresholds that hold for each. */
export async function listStates(
  transaction: Transaction,
  fleet: string,
  { agent, after, limit }: Chosen,
): Promise<StateRow[]> {
  const { rows } = await sql<StateRow>`
    select s.*, to_jsonb(own) as own, to_jsonb(fleet) as fleet
    from heartbeat_states as s
    left join heartbeat_thresholds as own on (own.fleet_id, own.agent) = (s.fleet_id, s.agent)
    left join heartbeat_thresholds as fleet on (fleet.fleet_id, fleet.agent) = (s.fleet_id, '')
    where s.fleet_id = ${fleet} and s.agent > ${after} and (${agent ?? null}::text is null or s.agent = ${agent ?? null})
    order by s.agent limit ${limit}`.execute(transaction);
  return rows;
}

/** When each of these agents was heard of last, in milliseconds since 1970; nothing of who never was. */
export async function lastHeard(
  transaction: Transaction,
  fleet: string,
  agents: readonly string[],
): Promise<ReadonlyMap<string, number>> {
  const { rows } = await sql<{ agent: string; alive_at: number }>`
    select agent, alive_at from heartbeat_states
    where fleet_id = ${fleet} and agent = any(${[...agents]}::text[])`.execute(transaction);
  return new Map(rows.map(({ agent, alive_at }) => [agent, alive_at]));
}

export interface ChangeRow {
  change: number;
  agent: string;
  at: number;
  from_state: LiveState | null;
  to_state: LiveState;
  task: string | null;
}

/** Newest first, before a change. */
export async function listChanges(
  transaction: Transaction,
  fleet: string,
  { agent, before, limit }: { agent: string | undefined; before: number | null; limit: number },
): Promise<ChangeRow[]> {
  const { rows } = await sql<ChangeRow>`
    select change, agent, at, from_state, to_state, task from heartbeat_changes
    where fleet_id = ${fleet} and (${agent ?? null}::text is null or agent = ${agent ?? null})
      and (${before}::bigint is null or change < ${before})
    order by change desc limit ${limit}`.execute(transaction);
  return rows;
}
