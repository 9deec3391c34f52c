import { formatDuration } from "../../../vocabulary/duration.ts";
import { type Finding, ok, warn } from "../../../vocabulary/health.ts";

/** What is known of the PostgreSQL that the product brings along. Times are milliseconds since 1970. */
export interface EmbeddedFacts {
  version: string;
  startedAt: number;
  folder: string;
  /** By this process, since it began. */
  restarts: number;
}

/** It runs, or nobody would have answered: what is left to tell is whether it crashed. */
export function judgeEmbedded({ version, startedAt, folder, restarts }: EmbeddedFacts, now: number): Finding {
  const facts = { version, data_folder: folder, restarts, up_ms: Math.max(0, now - startedAt) };
  const up = `PostgreSQL ${version}, up ${formatDuration(Math.max(0, now - startedAt))}`;
  if (restarts === 0) return ok(`${up}; never restarted by this server`, facts);
  const times = restarts === 1 ? "once" : `${restarts} times`;
  return warn(
    `${up}; it was gone and restarted ${times}`,
    "its log says why: <data folder>/postgresql.log",
    facts,
  );
}
