import { readdirSync, readFileSync, type Stats, statSync } from "node:fs";
import { join } from "node:path";
import { messageOf, systemCode } from "../../../platform/errors/index.ts";
import { addCounts, type Counts, RUNNERS, readCounts, type Source, type Totals } from "./totals.ts";

/** A JUnit file that a runner writes, and what stood there before it ran. */
export interface JUnitFile {
  path: string;
  source: Source;
  before: Pick<Stats, "size" | "mtimeMs" | "ino"> | null;
}

/** Where totals are looked for after a run. */
export interface TotalsPlaces {
  /** Files of our own reporters, one per process. */
  folder: string;
  junit: readonly JUnitFile[];
}

/** Totals, or why there are none. */
export interface ReadTotals {
  totals: Totals | null;
  said: string | null;
}

/** Larger files are not read: a suite of 100,000 tests writes less. */
const MAX_BYTES = 64 << 20;
const MOST_FILES = 1_000;
const MAX_COUNTS_BYTES = 4_096;

type Told = Counts & { source: Source };

function readOwn(path: string): Told[] {
  try {
    if (statSync(path).size > MAX_COUNTS_BYTES) return [];
    const value = JSON.parse(readFileSync(path, "utf8")) as Record<string, unknown>;
    const counts = readCounts(value);
    const source = RUNNERS.find((runner) => runner === value?.source);
    return counts && source ? [{ ...counts, source }] : [];
  } catch (error) {
    if (systemCode(error) === undefined && !(error instanceof SyntaxError)) throw error;
    return [];
  }
}

function readFolder(folder: string): Told[] {
  const names = readdirSync(folder).filter((name) => name.endsWith(".json"));
  return names.slice(0, MOST_FILES).flatMap((name) => readOwn(join(folder, name)));
}

/** What stands at a path before a run, so that an old report is not taken for a new one. */
export function lookBefore(path: string): JUnitFile["before"] {
  const stats = statSync(path, { throwIfNoEntry: false });
  return stats ? { size: stats.size, mtimeMs: stats.mtimeMs, ino: stats.ino } : null;
}

async function readJUnit({ path, source, before }: JUnitFile): Promise<Told | string> {
  const after = statSync(path, { throwIfNoEntry: false });
  if (after === undefined) return "it was not written";
  if (!after.isFile()) return "it is no file";
  const isOld = before?.size === after.size && before.mtimeMs === after.mtimeMs && before.ino === after.ino;
  if (isOld) return "it was there before the run, and the run did not write it";
  if (after.size > MAX_BYTES) return `it is over ${MAX_BYTES >> 20} MiB`;
  const { countJUnit } = await import("./count-junit.ts");
  const counts = await countJUnit(path);
  return typeof counts === "string" ? counts : { ...counts, source };
}

async function orSaid(file: JUnitFile): Promise<Told | string> {
  try {
    const read = await readJUnit(file);
    return typeof read === "string" ? `the report of ${file.source} gave no totals: ${read}` : read;
  } catch (error) {
    if (systemCode(error) === undefined) throw error;
    return `the report of ${file.source} gave no totals: ${messageOf(error)}`;
  }
}

/** Adds up what reporters left behind. Part of the reports is no total: one that cannot be read leaves none. */
export async function readTotals({ folder, junit }: TotalsPlaces): Promise<ReadTotals> {
  const reports = [...readFolder(folder), ...(await Promise.all(junit.map(orSaid)))];
  const broken = reports.find((report) => typeof report === "string");
  if (broken !== undefined) return { totals: null, said: broken };
  const told = reports.filter((report) => typeof report !== "string");
  const [first] = told;
  if (!first) return { totals: null, said: null };
  const isOne = told.every(({ source }) => source === first.source);
  return { totals: { ...addCounts(told), source: isOne ? first.source : "several" }, said: null };
}
