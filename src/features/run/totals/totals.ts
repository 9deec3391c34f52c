/** Test runners that say by themselves how many tests there are, when asked. */
export const RUNNERS = ["vitest", "jest", "node-test", "playwright", "pytest"] as const;
export type Runner = (typeof RUNNERS)[number];

/** Who told the totals: a runner's own reporter, a JUnit file, several of these, or text that any program can print. */
export const SOURCES = [...RUNNERS, "junit", "several", "claimed"] as const;
export type Source = (typeof SOURCES)[number];

export interface Counts {
  /** Tests that the runner knows of: those that it skipped too. */
  exist: number;
  passed: number;
  failed: number;
  skipped: number;
}

/** How many tests there are, and how they went. */
export interface Totals extends Counts {
  source: Source;
}

const isCount = (value: unknown) => Number.isSafeInteger(value) && Number(value) >= 0;

/** Counts out of foreign JSON; null when they are none. */
export function readCounts(value: unknown): Counts | null {
  if (typeof value !== "object" || value === null) return null;
  const { exist, passed, failed, skipped } = value as Record<string, unknown>;
  if (![exist, passed, failed, skipped].every(isCount)) return null;
  return { exist, passed, failed, skipped } as Counts;
}

export function addCounts(all: readonly Counts[]): Counts {
  const sum = (key: keyof Counts) => all.reduce((before, each) => before + each[key], 0);
  return { exist: sum("exist"), passed: sum("passed"), failed: sum("failed"), skipped: sum("skipped") };
}
