import { utcTimestamp } from "../../platform/clock/index.ts";
import type { Transaction } from "../../platform/database/index.ts";
import type { Actor } from "../../vocabulary/actor.ts";
import { PRIORITIES } from "../../vocabulary/task.ts";
import { parseTimestamp } from "../../vocabulary/timestamp.ts";
import { progressedSince } from "../heartbeat/live/index.ts";
import { type ActiveTask, surveyTasks } from "../task/index.ts";
import type { StartView, Survey } from "./contract.ts";
import { findStart } from "./store.ts";

const HOUR_MS = 3_600_000;
/** A start that is run again belongs to the same morning: it is compared with the one before. */
const SAME_MORNING_MS = 4 * HOUR_MS;
const DAY_MS = 24 * HOUR_MS;

/** What a start is compared with: the last one of an earlier morning, else a day ago. */
export async function comparedWith(
  transaction: Transaction,
  now: number,
): Promise<{ last: StartView | null; since: number }> {
  const last = await findStart(transaction, now - SAME_MORNING_MS);
  return { last, since: last === null ? now - DAY_MS : (parseTimestamp(last.at) ?? now) };
}

/** Of tasks to which nothing was recorded, those whose beats show no progress either. */
export async function withoutProgress(
  transaction: Transaction,
  tasks: readonly ActiveTask[],
  since: number,
): Promise<ActiveTask[]> {
  if (tasks.length === 0) return [];
  const moved = await progressedSince(transaction, since);
  return tasks.filter(({ agent, task }) => !moved.has(JSON.stringify([agent, task])));
}

/** Everything that a morning needs to know of agents and tasks. */
export async function surveyDay(transaction: Transaction, actor: Actor, now: number): Promise<Survey> {
  const { last, since } = await comparedWith(transaction, now);
  const { active, blockers, waiting, ...survey } = await surveyTasks(transaction, since);
  const unmoved = await withoutProgress(transaction, active, since);
  const priorityOf = (priority: number) => PRIORITIES[priority] ?? "P3";
  return {
    ...survey,
    fleet: actor.fleet.name,
    since: utcTimestamp(since),
    last,
    blockers: {
      count: blockers.count,
      items: blockers.items.map((one) => ({
        ...one,
        priority: priorityOf(one.priority),
        since: utcTimestamp(one.since),
      })),
    },
    waiting: {
      count: waiting.count,
      items: waiting.items.map((one) => ({ ...one, priority: priorityOf(one.priority) })),
    },
    unmoved: unmoved.map((one) => ({ ...one, last_at: utcTimestamp(one.last_at) })),
  };
}
