import { utcTimestamp } from "../../../platform/clock/index.ts";
import type { Transaction } from "../../../platform/database/index.ts";
import type { Backtest, Patterns } from "./contract.ts";
import { trials } from "./judge-threshold.ts";
import { readBottlenecks, readLongestSilences, readRhythms, streamSilences } from "./silence-store.ts";

const DAY_MS = 86_400_000;
const MINUTE_MS = 60_000;
const SECOND_MS = 1_000;

const rounded = (seconds: number): number => Math.round(seconds * 10) / 10;

/** Rhythms, bottlenecks and longest silences of some days. */
export async function showPatterns(
  transaction: Transaction,
  fleet: string,
  days: number,
  now: number,
): Promise<Patterns> {
  const since = now - days * DAY_MS;
  const rhythms = await readRhythms(transaction, fleet, since);
  const bottlenecks = await readBottlenecks(transaction, fleet, since, now);
  const silences = await readLongestSilences(transaction, fleet, since, now);
  return {
    days,
    rhythms: rhythms.map(({ agent, beats, median, p95 }) => ({
      agent,
      beats,
      median_seconds: rounded(median),
      p95_seconds: rounded(p95),
    })),
    bottlenecks: bottlenecks.map(({ task, agent, stalled, silent, going_on }) => ({
      task,
      agent,
      stalled_seconds: rounded(stalled),
      silent_seconds: rounded(silent),
      is_going_on: going_on,
    })),
    silences: silences.map(({ agent, task, silent_from, from_at, to_at }) => ({
      agent,
      task,
      from: utcTimestamp(silent_from ?? from_at),
      to: to_at === null ? null : utcTimestamp(to_at),
      seconds: rounded(((to_at ?? now) - (silent_from ?? from_at)) / SECOND_MS),
    })),
  };
}

/** What thresholds (minutes) would have done over some days. */
export async function backtest(
  transaction: Transaction,
  fleet: string,
  { minutes, days, grace }: { minutes: readonly number[]; days: number; grace: number },
  now: number,
): Promise<Backtest> {
  const tried = trials(
    minutes.map((one) => one * MINUTE_MS),
    grace * MINUTE_MS,
    now,
  );
  for await (const silence of streamSilences(transaction, fleet, now - days * DAY_MS, now)) {
    if (silence.silent_from === null) continue;
    tried.add({
      silentFrom: silence.silent_from,
      endedAt: silence.to_at,
      isSameSession: silence.same_session,
    });
  }
  const thresholds = tried.all.map(({ threshold, alerts, falseAlerts, undecided }) => ({
    minutes: threshold / MINUTE_MS,
    alerts,
    false_alerts: falseAlerts,
    undecided,
  }));
  return { days, grace_minutes: grace, thresholds };
}
