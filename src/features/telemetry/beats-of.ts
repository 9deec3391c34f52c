import { hash } from "node:crypto";
import { utcTimestamp } from "../../platform/clock/index.ts";
import type { Placed } from "./place-sightings.ts";

/** A beat that telemetry gives. */
export interface TelemetryBeat {
  agent: string;
  beat: string;
  timestamp: string;
  status: "doing";
  session: string;
  task: string | undefined;
}

/** What is told later says nothing of now: an exporter tries again for minutes, a collector for hours. */
const NEWS_MS = 5 * 60_000;
const NAME = 40;

/**
 * One beat for each agent whose newest deed is news: not long ago, and after the agent was heard of last, since what
 * it said itself then is newer. It is named by the deed: told again it is not counted again.
 * @param heard when each agent was heard of last, in milliseconds since 1970
 */
export function beatsOf(
  placed: readonly Placed[],
  heard: ReadonlyMap<string, number>,
  now: number,
): TelemetryBeat[] {
  const newest = new Map<string, Placed>();
  for (const one of placed) {
    const before = newest.get(one.agent);
    if (before === undefined || one.sighting.at > before.sighting.at) newest.set(one.agent, one);
  }
  return [...newest.values()].flatMap(({ agent, sighting: { at }, session, task }) => {
    const isNews = Math.abs(now - at) <= NEWS_MS && at > (heard.get(agent) ?? 0);
    const name = hash("sha256", JSON.stringify([agent, session, at]), "hex").slice(0, NAME);
    return isNews
      ? [
          {
            agent,
            beat: `otlp-${name}`,
            timestamp: utcTimestamp(at),
            status: "doing" as const,
            session,
            task,
          },
        ]
      : [];
  });
}
