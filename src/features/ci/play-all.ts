import { formatTimestamp } from "../../vocabulary/timestamp.ts";
import { type Expected, expectedVerdict } from "./expected-verdict.ts";
import { type Judged, judgeCheck } from "./judge-answers.ts";
import { playDelivery } from "./run/play-delivery.ts";
import type { World } from "./run/world.ts";
import type { Delivery, StoryEvent } from "./scene/events.ts";
import type { Variant } from "./scene/variant.ts";
import type { Cell } from "./simulation.ts";

const WEEK_MS = 7 * 86_400_000;

/** The line of a review that lets a refused change pass, where its author may (contract §3, guard). */
function overrideLine(time: number): string {
  return `growth-engine override: a simulated approval until ${formatTimestamp(time + WEEK_MS).slice(0, 10)}`;
}

/** An event whose deliveries cost runs is judged by what the last one that named a range said. */
function lastJudged(deliveries: readonly Delivery[]): Delivery {
  const last = deliveries.at(-1);
  if (last === undefined) throw new Error("an event without deliveries");
  return last;
}

/** A forge that fails may cost a pass, and never gives one. */
function forgive(judged: Judged, { mood }: World): Judged {
  return mood !== "well" && judged.wrong === "falsely red" ? { ...judged, wrong: null } : judged;
}

function cellOf(
  check: string,
  event: StoryEvent,
  variant: Variant,
  ends: Parameters<typeof judgeCheck>[1],
  expected: Expected,
  world: World,
): Cell {
  const should = expected.get(check) ?? expected.get("all") ?? false;
  const judged = forgive(judgeCheck(check, ends, should), world);
  return { change: variant.name, event: event.name, check, should: should ? "pass" : "fail", ...judged };
}

async function playStory(
  event: StoryEvent,
  variant: Variant,
  checks: readonly string[],
  time: number,
  world: World,
): Promise<Cell[]> {
  const deliveries = event.deliveries(variant, overrideLine(time));
  const [expected, ends] = await Promise.all([
    world.turn(() => expectedVerdict(world.forge, variant, lastJudged(deliveries), world.cast)),
    Promise.all(deliveries.map((delivery) => playDelivery(variant, delivery, world))),
  ]);
  return checks.map((check) => cellOf(check, event, variant, ends, expected, world));
}

/**
 * Plays each event with each change that it fits.
 * @param time committer time of the base in milliseconds since 1970
 */
export async function playAll(
  variants: readonly Variant[],
  events: readonly StoryEvent[],
  checks: readonly string[],
  time: number,
  world: World,
): Promise<Cell[]> {
  const stories = variants.flatMap((variant) =>
    events
      .filter((event) => event.fits(variant.name))
      .map((event) => playStory(event, variant, checks, time, world)),
  );
  return (await Promise.all(stories)).flat();
}
