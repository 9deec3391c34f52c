import type { Database, Transaction } from "../../platform/database/index.ts";
import type { ProtocolCall } from "../../platform/server/index.ts";
import type { Actor } from "../../vocabulary/actor.ts";
import { findAgent } from "../agent/index.ts";
import { keepTold, toldLine } from "../evidence/live/index.ts";
import { listRepositories } from "../fleet/index.ts";
import { lastHeard, type Recorder } from "../heartbeat/live/index.ts";
import { beatsOf, type TelemetryBeat } from "./beats-of.ts";
import { type Ground, placeSightings } from "./place-sightings.ts";
import type { Sighting } from "./sighting.ts";
import { tellCalls } from "./tell-calls.ts";

/** What telemetry is kept with. */
export interface Keeper {
  database: Database;
  recorder: Recorder;
  /** Version of Growth Engine. */
  version: string;
}

/** What could not be kept, and why. */
export interface Kept {
  refused: number;
  /** A sentence for each different reason, the most frequent ones first. */
  reasons: string[];
}

/** A header is for one sender; an agent that is named in more resources than this is not looked up. */
const MOST_AGENTS = 1_000;
const MOST_REASONS = 3;

/** Of a person's token: those agents that are named and are the fleet's. */
async function knownAgents(
  transaction: Transaction,
  { agent }: Actor,
  named: readonly (string | undefined)[],
): Promise<Set<string>> {
  if (agent !== null) return new Set([agent]);
  const known = new Set<string>();
  for (const name of [...new Set(named)].slice(0, MOST_AGENTS)) {
    const found = name === undefined ? undefined : await findAgent(transaction, name);
    if (found !== undefined) known.add(found.name);
  }
  return known;
}

async function groundOf(
  transaction: Transaction,
  { actor, headers, now }: ProtocolCall,
  sightings: readonly Sighting[],
): Promise<Ground> {
  const said = {
    agent: headers["growth-engine-agent"],
    repository: headers["growth-engine-repository"],
    task: headers["growth-engine-task"],
  };
  const repositories = await listRepositories(transaction);
  const named = [said.agent, ...sightings.map(({ sender }) => sender.agent)];
  return {
    agent: actor.agent,
    headers: Object.fromEntries(Object.entries(said).filter(([, value]) => value !== undefined)),
    repositories: new Set(repositories.map(({ name }) => name)),
    agents: await knownAgents(transaction, actor, named),
    now,
  };
}

function reasonsOf(refused: readonly string[]): string[] {
  const counts = new Map<string, number>();
  for (const why of refused) counts.set(why, (counts.get(why) ?? 0) + 1);
  const sorted = [...counts].sort(([, a], [, b]) => b - a).map(([why]) => why);
  return sorted.slice(0, MOST_REASONS);
}

async function beatAll({ recorder }: Keeper, { actor, now }: ProtocolCall, beats: readonly TelemetryBeat[]) {
  for (const { agent, ...beat } of beats) await recorder.record(beat, { ...actor, agent }, now);
}

/**
 * Keeps calls as evidence, then says for each agent that it is alive. Told again, as after a lost answer, nothing is
 * kept twice.
 * @throws Refusal SERVER_BUSY; what the database throws
 */
export async function keepTelemetry(
  keeper: Keeper,
  call: ProtocolCall,
  sightings: readonly Sighting[],
): Promise<Kept> {
  if (sightings.length === 0) return { refused: 0, reasons: [] };
  const { actor, now } = call;
  const { refused, beats } = await keeper.database.inFleet(actor.fleet.id, async (transaction) => {
    const ground = await groundOf(transaction, call, sightings);
    const sorted = placeSightings(sightings, ground);
    const told = await tellCalls(sorted.placed, keeper.version);
    await keepTold(transaction, actor, told.map(toldLine), now);
    const agents = [...new Set(sorted.placed.map(({ agent }) => agent))];
    const heard = await lastHeard(transaction, actor.fleet.id, agents);
    return { refused: sorted.refused, beats: beatsOf(sorted.placed, heard, now) };
  });
  await beatAll(keeper, call, beats);
  return { refused: refused.length, reasons: reasonsOf(refused) };
}
