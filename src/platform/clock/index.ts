/** The one place that reads the wall clock. Guards never ask it; recorders and live views do. */
export interface Clock {
  /** Milliseconds since 1970. */
  now(): number;
}

export const systemClock: Clock = { now: () => Date.now() };

function pad(value: number, width = 2): string {
  return String(value).padStart(width, "0");
}

/** The local date `YYYY-MM-DD` of an instant: record folders are named by the day on the writer's wall. */
export function localDate(instant: number): string {
  const date = new Date(instant);
  return `${pad(date.getFullYear(), 4)}-${pad(date.getMonth() + 1)}-${pad(date.getDate())}`;
}

/** The instant at which a local date `YYYY-MM-DD` begins on the wall of this machine. */
export function startOfLocalDate(date: string): number {
  return Date.parse(`${date}T00:00:00`);
}

/** RFC 3339 in UTC with milliseconds. */
export function utcTimestamp(instant: number): string {
  return new Date(instant).toISOString();
}

/** Milliseconds since 1970 of a time as PostgreSQL writes it in UTC (`2026-01-31 09:30:00.5+00`). */
export function readInstant(text: string): number {
  return new Date(text).getTime();
}

/** The start of 1970, for what must carry a time and may not tell one. */
export const EPOCH = new Date(0);

/** An instant as libraries take it. */
export function dateOf(instant: number): Date {
  return new Date(instant);
}
