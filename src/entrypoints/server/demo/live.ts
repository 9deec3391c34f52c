import { randomUUID } from "node:crypto";
import { setTimeout as wait } from "node:timers/promises";
import type { publishVerdict } from "../../../features/guard/live/contract.ts";
import type { sendBeat } from "../../../features/heartbeat/live/contract.ts";
import type { blockTask, claimNextTask, completeTask, resumeTask } from "../../../features/task/contract.ts";
import type { Client } from "../../../platform/client/index.ts";
import { isRefusal } from "../../../platform/errors/index.ts";
import type { DemoAgent } from "./demo-task.ts";
import { demoVerdict } from "./demo-verdict.ts";

/** What a simulated agent needs of the world. */
export interface World {
  client: Client;
  stop: AbortSignal;
  /** From 0 to 1. */
  chance(): number;
}

const STEP_MS = 4_000;
const STEPS = 8;
const TEST_SECONDS = 60;
const TEST_MS = 25_000;
const STALL_MS = 40_000;
const BLOCK_MS = 20_000;
const CRASH_MS = 120_000;
const PERCENT = 100;

interface Held {
  task: string;
  fence: number;
}

const pause = (world: World, ms: number): Promise<unknown> => wait(ms, undefined, { signal: world.stop });

type Beat = NonNullable<Parameters<typeof beatOf>[1]>;

function beatOf(
  held: Held | null,
  more: {
    progress?: string;
    tree?: string;
    status?: "doing" | "blocked";
    tool?: { name: string; budget_seconds: number };
  },
) {
  return { beat: randomUUID(), ...(held ?? {}), ...more };
}

function beat({ client }: World, held: Held | null, more: Beat): Promise<unknown> {
  return client.ask<typeof sendBeat>("POST /api/v1/heartbeat", { body: beatOf(held, more) });
}

async function claimNext({ client }: World): Promise<Held | null> {
  try {
    const { id, fence } = await client.ask<typeof claimNextTask>("POST /api/v1/task/claim");
    return fence === null ? null : { task: id, fence };
  } catch (error) {
    // Nothing is ready.
    if (isRefusal(error) && error.code === "REFUSED") return null;
    throw error;
  }
}

async function beBlocked(world: World, { task, fence }: Held): Promise<void> {
  const params = { task };
  await world.client.ask<typeof blockTask>("POST /api/v1/task/:task/block", {
    params,
    body: {
      fence,
      type: "credentials",
      reason: "demo: the key of the test shop is missing",
      tried: "the key of last week",
      impact: "nothing can be tried against the shop",
    },
  });
  await beat(world, { task, fence }, { status: "blocked" });
  await pause(world, BLOCK_MS);
  await world.client.ask<typeof resumeTask>("POST /api/v1/task/:task/resume", {
    params,
    body: { fence, reason: "demo: the key is there" },
  });
}

/** What happens in one step besides work. */
async function mishap(world: World, agent: DemoAgent, held: Held): Promise<void> {
  const dice = world.chance();
  if (dice < agent.crashes) return void (await pause(world, CRASH_MS));
  if (dice < agent.crashes + agent.stalls) return void (await pause(world, STALL_MS));
  if (dice < agent.crashes + agent.stalls + agent.blocks) return beBlocked(world, held);
  if (dice < agent.crashes + agent.stalls + agent.blocks + agent.tests) {
    await beat(world, held, { tool: { name: "npm test", budget_seconds: TEST_SECONDS } });
    await pause(world, TEST_MS);
  }
}

function judge({ client }: World, { task }: Held, hasEvidence: boolean): Promise<unknown> {
  return client.ask<typeof publishVerdict>("POST /api/v1/guard", { body: demoVerdict(task, hasEvidence) });
}

async function complete(world: World, held: Held): Promise<void> {
  const { task, fence } = held;
  const call = { params: { task } };
  const deed = "POST /api/v1/task/:task/complete";
  try {
    // What agents do: they say that it is done. The fleet's policies ask for more.
    await world.client.ask<typeof completeTask>(deed, { ...call, body: { fence } });
  } catch (error) {
    if (!isRefusal(error) || error.code.startsWith("TOKEN_")) throw error;
    await judge(world, held, false);
    await pause(world, STEP_MS);
    await judge(world, held, true);
    const notes = "demo: done as described";
    const facts = { notes, evidence: { paths: [`artifacts/demo/${task}.jsonl`], records: 3 } };
    await world.client.ask<typeof completeTask>(deed, { ...call, body: { fence, facts } });
  }
}

async function work(world: World, agent: DemoAgent, held: Held): Promise<void> {
  for (let step = 1; step <= STEPS; step += 1) {
    await pause(world, STEP_MS * (0.5 + world.chance()));
    await mishap(world, agent, held);
    const progress = `${Math.round((step / (STEPS + 1)) * PERCENT)}%`;
    await beat(world, held, { progress, tree: randomUUID() });
  }
  await complete(world, held);
}

/** One agent's life: it takes what is next, works, and goes on after whatever it is refused. */
export async function live(world: World, agent: DemoAgent): Promise<void> {
  while (!world.stop.aborted) {
    try {
      const held = await claimNext(world);
      if (held) await work(world, agent, held);
      else await beat(world, null, {});
      await pause(world, STEP_MS);
    } catch (error) {
      if (world.stop.aborted) return;
      // The fleet was removed, and its tokens with it.
      if (isRefusal(error) && error.code.startsWith("TOKEN_")) return;
      // Somebody was faster, a lease ran out, the server is away: an agent goes on.
      await pause(world, STEP_MS).catch(() => undefined);
    }
  }
}
