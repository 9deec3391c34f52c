import { AGENT_MIGRATIONS } from "../../features/agent/migrations.ts";
import { AGENT_ROUTES } from "../../features/agent/routes.ts";
import { AUDIT_JOBS } from "../../features/audit/jobs.ts";
import { AUDIT_MIGRATIONS } from "../../features/audit/migrations.ts";
import { AUDIT_ROUTES } from "../../features/audit/routes.ts";
import { CI_HEALTH } from "../../features/ci/live/health.ts";
import { CI_ROUTES } from "../../features/ci/live/routes.ts";
import { DAY_MIGRATIONS } from "../../features/day/migrations.ts";
import { DAY_ROUTES } from "../../features/day/routes.ts";
import { EVIDENCE_HEALTH } from "../../features/evidence/live/health.ts";
import { findKeptEvidence } from "../../features/evidence/live/index.ts";
import { EVIDENCE_JOBS } from "../../features/evidence/live/jobs.ts";
import { EVIDENCE_MIGRATIONS } from "../../features/evidence/live/migrations.ts";
import { evidenceRoutes } from "../../features/evidence/live/routes.ts";
import { FLEET_MIGRATIONS } from "../../features/fleet/migrations.ts";
import { FLEET_ROUTES } from "../../features/fleet/routes.ts";
import { openIdWayIn } from "../../features/forge/live/index.ts";
import { FORGE_JOBS } from "../../features/forge/live/jobs.ts";
import { FORGE_MIGRATIONS } from "../../features/forge/live/migrations.ts";
import { forgeRoutes } from "../../features/forge/live/routes.ts";
import { GUARD_HEALTH } from "../../features/guard/live/health.ts";
import { GUARD_MIGRATIONS } from "../../features/guard/live/migrations.ts";
import { guardRoutes } from "../../features/guard/live/routes.ts";
import { healthRoutes } from "../../features/health/routes.ts";
import { HEARTBEAT_HEALTH } from "../../features/heartbeat/live/health.ts";
import { HEARTBEAT_JOBS } from "../../features/heartbeat/live/jobs.ts";
import { HEARTBEAT_MIGRATIONS } from "../../features/heartbeat/live/migrations.ts";
import { HEARTBEAT_RECORD_JOBS } from "../../features/heartbeat/live/records/jobs.ts";
import { HEARTBEAT_RECORD_MIGRATIONS } from "../../features/heartbeat/live/records/migrations.ts";
import { HEARTBEAT_RECORD_ROUTES } from "../../features/heartbeat/live/records/routes.ts";
import { heartbeatRoutes } from "../../features/heartbeat/live/routes.ts";
import { MESSAGE_MIGRATIONS } from "../../features/message/migrations.ts";
import { MESSAGE_ROUTES } from "../../features/message/routes.ts";
import { PERSON_MIGRATIONS } from "../../features/person/migrations.ts";
import { PERSON_ROUTES } from "../../features/person/routes.ts";
import type { ReceiptLog } from "../../features/receipt/live/index.ts";
import { RECEIPT_MIGRATIONS } from "../../features/receipt/live/migrations.ts";
import { receiptRoutes } from "../../features/receipt/live/routes.ts";
import { RESERVATION_JOBS } from "../../features/reservation/jobs.ts";
import { RESERVATION_MIGRATIONS } from "../../features/reservation/migrations.ts";
import { RESERVATION_ROUTES } from "../../features/reservation/routes.ts";
import { SYNC_MIGRATIONS } from "../../features/sync/migrations.ts";
import { syncRoutes } from "../../features/sync/routes.ts";
import { TASK_JOBS } from "../../features/task/jobs.ts";
import { TASK_MIGRATIONS } from "../../features/task/migrations.ts";
import { TASK_ROUTES } from "../../features/task/routes.ts";
import { telemetryRoutes } from "../../features/telemetry/routes.ts";
import { TOKEN_MIGRATIONS } from "../../features/token/migrations.ts";
import { tokenRoutes } from "../../features/token/routes.ts";
import type { Database, Migration } from "../../platform/database/index.ts";
import type { Probe } from "../../platform/health/index.ts";
import type { OutsideRules } from "../../platform/http/index.ts";
import type { Job } from "../../platform/jobs/index.ts";
import { KEPT_ANSWER_JOB, type ProtocolRoute, type Route } from "../../platform/server/index.ts";

/** What routes need of the process around them. */
export interface Wiring {
  /** Forgets what this process remembers of tokens. */
  forgetTokens(): void;
  /** For what brings transactions of its own. */
  database: Database;
  /** The logs of received lines; null where the server has no key. */
  receipts: ReceiptLog | null;
  /** Version of Growth Engine. */
  version: string;
  /** What the server's configuration says of addresses that others set. */
  outside: OutsideRules;
}

/** What the features bring to the control plane. */
export const FEATURES: {
  /** The schema, in the order in which tables lean on each other. */
  migrations: readonly Migration[];
  /** Scheduled work. */
  jobs: readonly Job[];
  /** What each feature says of its own health. */
  probes: readonly Probe[];
  /** Everything that can be asked. */
  routes(wiring: Wiring): readonly Route[];
  /** What stands beside them, at addresses of other protocols. */
  protocols(wiring: Wiring): readonly ProtocolRoute[];
} = {
  migrations: [
    ...FLEET_MIGRATIONS,
    ...AGENT_MIGRATIONS,
    ...TOKEN_MIGRATIONS,
    ...PERSON_MIGRATIONS,
    ...AUDIT_MIGRATIONS,
    ...TASK_MIGRATIONS,
    ...MESSAGE_MIGRATIONS,
    ...DAY_MIGRATIONS,
    ...HEARTBEAT_MIGRATIONS,
    ...HEARTBEAT_RECORD_MIGRATIONS,
    ...GUARD_MIGRATIONS,
    ...RESERVATION_MIGRATIONS,
    ...EVIDENCE_MIGRATIONS,
    ...SYNC_MIGRATIONS,
    ...RECEIPT_MIGRATIONS,
    ...FORGE_MIGRATIONS,
  ],
  jobs: [
    ...AUDIT_JOBS,
    KEPT_ANSWER_JOB,
    ...TASK_JOBS,
    ...HEARTBEAT_JOBS,
    ...RESERVATION_JOBS,
    ...HEARTBEAT_RECORD_JOBS,
    ...EVIDENCE_JOBS,
    ...FORGE_JOBS,
  ],
  probes: [...EVIDENCE_HEALTH, ...HEARTBEAT_HEALTH, ...GUARD_HEALTH, ...CI_HEALTH],
  routes: ({ forgetTokens, database, version, outside, receipts }) => [
    ...FLEET_ROUTES,
    ...AGENT_ROUTES,
    ...tokenRoutes(forgetTokens),
    ...PERSON_ROUTES,
    ...AUDIT_ROUTES,
    ...TASK_ROUTES,
    ...MESSAGE_ROUTES,
    ...DAY_ROUTES,
    ...heartbeatRoutes(database),
    ...HEARTBEAT_RECORD_ROUTES,
    ...evidenceRoutes(receipts),
    ...syncRoutes(database, receipts),
    ...receiptRoutes({ database, log: receipts, findKept: findKeptEvidence }),
    ...healthRoutes({ ...FEATURES, database, version }),
    ...RESERVATION_ROUTES,
    ...forgeRoutes(database),
    ...CI_ROUTES,
    ...guardRoutes(openIdWayIn(database, outside)),
  ],
  protocols: ({ database, version }) => telemetryRoutes(database, version),
};
