import type { LiveState, LiveStatus, Wait } from "../../../vocabulary/live-state.ts";

// What the last beats of an agent say of it, against the clock. All times are milliseconds since 1970.

/** How long an agent may be silent: milliseconds, rising. */
export interface Thresholds {
  /** How often it is to beat. */
  interval: number;
  late: number;
  stale: number;
  offline: number;
}

/** The specification calls 15 minutes stale; the others are two missed beats of five minutes, and an hour. */
export const DEFAULT_THRESHOLDS: Thresholds = {
  interval: 300_000,
  late: 600_000,
  stale: 900_000,
  offline: 3_600_000,
};

/** What one beat says of its agent. */
export interface Said {
  status: LiveStatus;
  /** When it was received, by the server's clock. */
  receivedAt: number;
  wait: { for: Wait; until: number | null } | null;
  /** Milliseconds that the tool in flight may take; null without one. */
  budget: number | null;
}

/** Where a beat leaves its agent. */
export interface Standing {
  /** What it is for as long as it is not silent for too long. */
  says: "fresh" | "blocked" | "waiting" | "done";
  /** From when on silence counts; null when it never does. */
  silentFrom: number | null;
  /** Until when the tool in flight may take. */
  toolUntil: number | null;
}

/**
 * Where a beat leaves its agent, taken by itself. Who is done, blocked, or waits for a human has said all there is to
 * say: that silence is no news. A rate limit is waited for until it ends, and a tool until its budget is used up.
 */
export function standingOf({ status, receivedAt, wait, budget }: Said): Standing {
  const toolUntil = budget === null ? null : receivedAt + budget;
  if (status === "done" || status === "blocked") return { says: status, silentFrom: null, toolUntil };
  const until = wait?.until ?? null;
  if (status === "waiting")
    return { says: "waiting", silentFrom: until === null ? null : Math.max(receivedAt, until), toolUntil };
  return { says: "fresh", silentFrom: Math.max(receivedAt, toolUntil ?? receivedAt), toolUntil };
}

/** What an agent is now. A limit is passed when more time than it has gone by, not at the limit. */
export function stateOf(
  { says, silentFrom }: Pick<Standing, "says" | "silentFrom">,
  { late, stale, offline }: Thresholds,
  now: number,
): LiveState {
  if (silentFrom === null || now - silentFrom <= late) return says;
  if (now - silentFrom <= stale) return "late";
  return now - silentFrom <= offline ? "stale" : "offline";
}

/** Seconds as they stand in a row of thresholds; null where the next one decides. */
export interface ThresholdRow {
  interval_s: number | null;
  late_s: number | null;
  stale_s: number | null;
  offline_s: number | null;
}

const SECOND = 1_000;

/** The thresholds of an agent: its own, else its fleet's, else the product's. */
export function thresholdsOf(...rows: readonly (ThresholdRow | null | undefined)[]): Thresholds {
  const choose = (key: keyof ThresholdRow, last: number): number => {
    const own = rows.map((row) => row?.[key] ?? null).find((value) => value !== null);
    return own === undefined || own === null ? last : own * SECOND;
  };
  return {
    interval: choose("interval_s", DEFAULT_THRESHOLDS.interval),
    late: choose("late_s", DEFAULT_THRESHOLDS.late),
    stale: choose("stale_s", DEFAULT_THRESHOLDS.stale),
    offline: choose("offline_s", DEFAULT_THRESHOLDS.offline),
  };
}

/** Whether thresholds rise, as they must for each state to be reachable. */
export function areRising({ interval, late, stale, offline }: Thresholds): boolean {
  return interval <= late && late <= stale && stale <= offline;
}

/**
 * An instant by an agent's clock, by the server's: an agent whose clock is hours off still means "in ten minutes".
 * Without the agent's own time of sending, its word is taken as it stands.
 */
export function byServerClock(instant: number, sentAt: number | null, receivedAt: number): number {
  return sentAt === null ? instant : receivedAt + (instant - sentAt);
}
