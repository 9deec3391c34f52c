import { isBlindSpot } from "../judge-witness.ts";
import type { FileSeen } from "../witness-facts.ts";

/** Changed code files of a folder, or of an agent. */
export interface WitnessShare {
  name: string;
  changed: number;
  /** Of which a recorder saw an edit. */
  seen: number;
  /** Documentation before the first edit. */
  documentation: ReadingShare;
}

/** How often documentation of an imported package was consulted before a file's first edit. */
export interface ReadingShare {
  /** Files that import a package and of which an edit was seen. */
  known: number;
  before: number;
  /** Whole percent, rounded down; null when nothing is known. */
  percent: number | null;
  /** Files that import a package and of which no edit was seen: neither for nor against anybody. */
  unknown: number;
}

/** What counts, in one sentence each. */
export const SEEN_RULE =
  "A changed code file is seen when a recorder's line says that it was edited; one that only moved, or of which only a typed line tells, is not.";
export const READING_RULE =
  "Documentation came first when, before a file's first edit that any witness saw, its agent, or another at the same task, consulted the documentation of a package that the file imports; files without packages do not count, and those without a seen edit are unknown.";

/** Counts what is known of documentation before the first edit. */
export function measureReading(files: readonly FileSeen[]): ReadingShare {
  const of = (...readings: FileSeen["reading"][]) =>
    files.filter(({ reading }) => readings.includes(reading)).length;
  const before = of("before");
  const known = before + of("after", "not-seen");
  const percent = known === 0 ? null : Math.floor((before * 100) / known);
  return { known, before, percent, unknown: of("unknown") };
}

function folderOf({ file }: FileSeen): string {
  const folders = file.split("/").slice(0, -1);
  return folders.length === 0 ? "." : folders.slice(0, 2).join("/");
}

function sharesBy(
  files: readonly FileSeen[],
  namesOf: (file: FileSeen) => readonly string[],
): WitnessShare[] {
  const parts = new Map<string, FileSeen[]>();
  for (const file of files)
    for (const name of namesOf(file)) {
      const part = parts.get(name);
      if (part === undefined) parts.set(name, [file]);
      else part.push(file);
    }
  return [...parts]
    .map(([name, of]) => ({
      name,
      changed: of.length,
      seen: of.filter((file) => !isBlindSpot(file)).length,
      documentation: measureReading(of),
    }))
    .sort((a, b) => (a.name < b.name ? -1 : 1));
}

/** Shares of the files of a range, whole, by folder and by who edited them as far as lines tell. */
export function measureWitnesses(all: readonly FileSeen[]) {
  const files = all.filter(({ change }) => change !== "moved");
  const seen = files.filter((file) => !isBlindSpot(file)).length;
  return {
    changed: files.length,
    seen,
    percent: files.length === 0 ? null : Math.floor((seen * 100) / files.length),
    documentation: measureReading(files),
    byFolder: sharesBy(files, (file) => [folderOf(file)]),
    byAgent: sharesBy(files, ({ agents }) => agents),
  };
}
