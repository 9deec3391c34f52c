import type { DatabaseFacts } from "../../../platform/database/index.ts";
import { formatBytes } from "../../../vocabulary/bytes.ts";
import { type Finding, fail, ok, warn } from "../../../vocabulary/health.ts";

/** A statement that does nothing takes a millisecond or two; people notice a tenth of a second, and give up at one. */
const SLOW_MS = 100;
const TOO_SLOW_MS = 1_000;
/** Of the sessions that there may be: a server that has none left refuses everybody. */
const CROWDED = 0.8;
const FULL = 0.95;

/** Is the database well: fast, at this schema, with sessions to spare? */
export function judgeDatabase(facts: DatabaseFacts): Finding {
  const { latency, connections, migrations, version, size } = facts;
  const { used, limit } = connections;
  const kept = {
    version,
    latency_ms: Math.round(latency * 10) / 10,
    connections_used: used,
    connections_limit: limit,
    calls_waiting: facts.waiting,
    size_bytes: size,
    migrations_missing: migrations.missing,
    migrations_newer: migrations.newer,
  };
  const answers = `PostgreSQL ${version} answers in ${latency < 10 ? latency.toFixed(1) : Math.round(latency)} ms`;
  const says = `${answers}; schema up to date; ${used} of ${limit} connections; ${formatBytes(size)}`;
  const share = used / limit;
  if (migrations.missing.length > 0) {
    const missing = `the schema lacks ${migrations.missing.join(", ")}`;
    return fail(missing, "start growth-engine serve again: it brings the schema up", kept);
  }
  if (share >= FULL)
    return fail(
      `${used} of ${limit} connections are taken: soon nobody gets one`,
      "raise max_connections, or end what holds them: select * from pg_stat_activity",
      kept,
    );
  if (latency >= TOO_SLOW_MS)
    return fail(`${answers}: too slow to work with`, "look at the load of its machine", kept);
  if (migrations.newer.length > 0)
    return warn(
      `a newer version changed the schema: ${migrations.newer.join(", ")}`,
      "update this server too: npm install growth-engine-server",
      kept,
    );
  if (share >= CROWDED)
    return warn(`${used} of ${limit} connections are taken`, "raise max_connections", kept);
  if (latency >= SLOW_MS) return warn(`${answers}: slow`, "look at the load of its machine", kept);
  return ok(says, kept);
}
