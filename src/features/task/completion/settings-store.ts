import type { Transaction } from "../../../platform/database/index.ts";
import type { CompletionPolicy } from "../../../vocabulary/task.ts";
import type { TaskSettings } from "../contract.ts";

type SettingsTables = {
  task_settings: { fleet_id: string; lease_seconds: number; policies: CompletionPolicy[] };
  task_agent_leases: { fleet_id: string; agent: string; lease_seconds: number };
};

/** What holds where the fleet has set nothing. */
export const DEFAULT_SETTINGS: { lease_seconds: number; policies: readonly CompletionPolicy[] } = {
  lease_seconds: 900,
  policies: ["dependencies", "criteria"],
};

/** The settings of the transaction's fleet. */
export async function findSettings(transaction: Transaction): Promise<TaskSettings> {
  const tables = transaction.withTables<SettingsTables>();
  const own = await tables
    .selectFrom("task_settings")
    .select(["lease_seconds", "policies"])
    .executeTakeFirst();
  const agents = await tables
    .selectFrom("task_agent_leases")
    .select(["agent", "lease_seconds"])
    .orderBy("agent")
    .execute();
  return { ...(own ?? { ...DEFAULT_SETTINGS, policies: [...DEFAULT_SETTINGS.policies] }), agents };
}

/** Sets what is given; the rest stays. */
export async function saveSettings(
  transaction: Transaction,
  fleet: string,
  settings: { lease_seconds: number; policies: CompletionPolicy[] },
): Promise<void> {
  await transaction
    .withTables<SettingsTables>()
    .insertInto("task_settings")
    .values({ fleet_id: fleet, ...settings })
    .onConflict((conflict) => conflict.column("fleet_id").doUpdateSet(settings))
    .execute();
}

/** Sets the lease of one agent's claims, or takes it off (null). */
export async function saveAgentLease(
  transaction: Transaction,
  fleet: string,
  agent: string,
  seconds: number | null,
): Promise<void> {
  const tables = transaction.withTables<SettingsTables>();
  if (seconds === null) {
    await tables.deleteFrom("task_agent_leases").where("agent", "=", agent).execute();
    return;
  }
  await tables
    .insertInto("task_agent_leases")
    .values({ fleet_id: fleet, agent, lease_seconds: seconds })
    .onConflict((conflict) => conflict.columns(["fleet_id", "agent"]).doUpdateSet({ lease_seconds: seconds }))
    .execute();
}
