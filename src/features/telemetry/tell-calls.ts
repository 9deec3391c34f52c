import { utcTimestamp } from "../../platform/clock/index.ts";
import { storable } from "../../vocabulary/storable.ts";
import { type Told, takeSecrets } from "../evidence/live/index.ts";
import { type ToldCall, tellCall } from "../transcript/index.ts";
import type { Placed } from "./place-sightings.ts";
import type { SightedCall } from "./sighting.ts";

const DATE = "2026-01-31".length;
const MAX_TEXT = 300;
/** There is no checkout here: no path of a call can be one of a repository. */
const NO_ROOT = "/";

function words(call: SightedCall): ToldCall {
  const { resource, tool, server } = call;
  const told = tellCall({ ...call, tool, server, input: undefined }, NO_ROOT);
  return resource === undefined ? told : { ...told, docRef: resource };
}

/** An evidence line (contract §1). Its bytes are the same whenever the same thing is told again. */
function entryOf({ sighting, agent, task, session }: Placed, call: SightedCall, version: string) {
  const { tool, docRef, purpose, action, more } = words(call);
  const texts = { tool, doc_ref: docRef, request_id: call.id, timestamp: utcTimestamp(call.at), purpose };
  const entry = {
    ...texts,
    agent,
    task,
    session,
    action,
    outcome: call.outcome,
    duration_ms: call.durationMs,
    recorder: { kind: "telemetry", name: "otlp", version },
    host: sighting.sender.host,
    ...more,
  };
  const short = Object.entries(entry).map(([name, value]) => [
    name,
    typeof value === "string" ? storable(value, MAX_TEXT) : value,
  ]);
  return Object.fromEntries(short.filter(([, value]) => value !== undefined)) as Record<string, unknown>;
}

/**
 * Evidence lines of calls, without secrets, and the file of a checkout that each would stand in. The folder's day is
 * that of UTC: a server does not know the wall of the one who writes.
 */
export async function tellCalls(placed: readonly Placed[], version: string): Promise<Told[]> {
  const calls = placed.flatMap((one) => {
    const { call } = one.sighting;
    return call === null || one.repository === null ? [] : [{ one, call, repository: one.repository }];
  });
  const entries = await takeSecrets(calls.map(({ one, call }) => entryOf(one, call, version)));
  return calls.flatMap(({ one, call, repository }, index) => {
    const entry = entries[index]?.entry;
    const day = utcTimestamp(call.at).slice(0, DATE);
    const file = `artifacts/${one.agent}/${day}/mcp/otlp.${one.session}.jsonl`;
    return entry === undefined ? [] : [{ repository, day, file, entry: { ...entry, agent: one.agent } }];
  });
}
