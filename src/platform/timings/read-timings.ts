import { readFileSync } from "node:fs";
import { parseTimestamp } from "../../vocabulary/timestamp.ts";
import { systemCode } from "../errors/index.ts";
import type { Repository } from "../git/index.ts";
import { timingsFile } from "./timings-file.ts";

/** How long one run of a command took. */
export interface Timing {
  /** Milliseconds since 1970. */
  at: number;
  command: string;
  ms: number;
}

function parseTiming(line: string): Timing[] {
  try {
    const { at, command, ms } = JSON.parse(line) as Record<string, unknown>;
    const time = typeof at === "string" ? parseTimestamp(at) : null;
    const known = time !== null && typeof command === "string" && typeof ms === "number" && ms >= 0;
    return known ? [{ at: time, command, ms }] : [];
  } catch {
    // A line that a full disk or a crash cut short is no run.
    return [];
  }
}

/** The timings on record, oldest first; none where nothing can be read. */
export function readTimings(repository: Repository): Timing[] {
  const file = timingsFile(repository);
  if (file === null) return [];
  try {
    return readFileSync(file, "utf8").split("\n").filter(Boolean).flatMap(parseTiming);
  } catch (error) {
    if (systemCode(error) === undefined) throw error;
    return [];
  }
}
