import { formatDuration } from "../../vocabulary/duration.ts";

const MINUTE_MS = 60_000;

/** How long a run took: tests are often over within a second. */
export function describeTook(ms: number): string {
  return ms < MINUTE_MS ? `${(ms / 1_000).toFixed(1)} s` : formatDuration(ms);
}
