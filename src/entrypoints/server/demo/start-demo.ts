import { setTimeout as wait } from "node:timers/promises";
import type { addAgent } from "../../../features/agent/contract.ts";
import type { addRepository } from "../../../features/fleet/contract.ts";
import { findFleet, insertFleet } from "../../../features/fleet/index.ts";
import type { setThresholds } from "../../../features/heartbeat/live/contract.ts";
import type { addTask, listTasks, setSettings } from "../../../features/task/contract.ts";
import { createToken } from "../../../features/token/index.ts";
import { type Client, openClient } from "../../../platform/client/index.ts";
import type { Clock } from "../../../platform/clock/index.ts";
import type { Database } from "../../../platform/database/index.ts";
import { isRefusal } from "../../../platform/errors/index.ts";
import { DEMO_AGENTS, demoTask } from "./demo-task.ts";
import { DEMO_REPOSITORY } from "./demo-verdict.ts";
import { live } from "./live.ts";

/** The fleet of the demo; everything in it is made up. */
export const DEMO_FLEET = "demo";

export interface DemoOptions {
  url: string;
  database: Database;
  clock: Clock;
}

const OPEN_TASKS = 9;
const LOOK_MS = 5_000;
/** Short, so that something happens while somebody looks. */
const THRESHOLDS = {
  interval_seconds: 5,
  late_seconds: 15,
  stale_seconds: 30,
  offline_seconds: 90,
  keep_days: 7,
};
const SETTINGS = { lease_seconds: 30, policies: ["evidence", "notes"] as ["evidence", "notes"] };

async function openFleet({ database, clock }: DemoOptions) {
  return database.inServer(async (transaction) => {
    await insertFleet(transaction, DEMO_FLEET, clock.now());
    return findFleet(transaction, DEMO_FLEET);
  });
}

/** Tokens of a day: each start makes its own. */
function tokenMaker({ database, clock }: DemoOptions, fleet: { id: string; name: string }) {
  const actor = { role: "admin" as const, token: "demo", fleet, home: fleet.id, agent: null };
  return async (role: "manager" | "agent", agent: string | null): Promise<string> => {
    const wish = { role, agent, label: "demo", days: 1 };
    const made = await database.inFleet(fleet.id, (transaction) =>
      createToken(transaction, actor, wish, clock.now()),
    );
    return made.token;
  };
}

function clientOf(url: string, token: string): Client {
  return openClient({ env: { GROWTH_ENGINE_URL: url, GROWTH_ENGINE_TOKEN: token } });
}

/** What a manager set up before may be there from the last start. */
async function unlessThere(deed: Promise<unknown>): Promise<void> {
  await deed.catch((error) => {
    if (!isRefusal(error) || error.code !== "REFUSED") throw error;
  });
}

async function setUp(manager: Client): Promise<void> {
  for (const { name, description } of DEMO_AGENTS)
    await unlessThere(manager.ask<typeof addAgent>("POST /api/v1/agent", { body: { name, description } }));
  const repository = { name: DEMO_REPOSITORY };
  await unlessThere(manager.ask<typeof addRepository>("POST /api/v1/fleet/repository", { body: repository }));
  await manager.ask<typeof setThresholds>("PUT /api/v1/heartbeat/thresholds", { body: THRESHOLDS });
  await manager.ask<typeof setSettings>("PUT /api/v1/task/settings", { body: SETTINGS });
}

/** Keeps some tasks open, so that there is always something to do. */
async function keepBusy(manager: Client, stop: AbortSignal): Promise<void> {
  let number = (await manager.all<typeof listTasks>("GET /api/v1/task")).length;
  while (!stop.aborted) {
    const { items } = await manager.ask<typeof listTasks>("GET /api/v1/task", { query: { open: "true" } });
    for (let missing = OPEN_TASKS - items.length; missing > 0; missing -= 1) {
      number += 1;
      await unlessThere(manager.ask<typeof addTask>("POST /api/v1/task", { body: demoTask(number) }));
    }
    await wait(LOOK_MS, undefined, { signal: stop });
  }
}

/**
 * Plays a fleet of simulated agents through the same interface as real ones, in a fleet of its own, until it is told
 * to stop or the fleet is removed.
 */
export async function startDemo(options: DemoOptions): Promise<() => Promise<void>> {
  const fleet = await openFleet(options);
  if (!fleet) return async () => undefined;
  const tokenOf = tokenMaker(options, fleet);
  const stopped = new AbortController();
  const stop = stopped.signal;
  const manager = clientOf(options.url, await tokenOf("manager", null));
  await setUp(manager);
  const lives = DEMO_AGENTS.map(async (agent) => {
    const client = clientOf(options.url, await tokenOf("agent", agent.name));
    await live({ client, stop, chance: Math.random }, agent);
  });
  // A demo that cannot go on is over; the server is not.
  const all = Promise.allSettled([...lives, keepBusy(manager, stop)]);
  return async () => {
    stopped.abort();
    await all;
  };
}
