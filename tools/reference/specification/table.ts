import { DAILY_OPERATIONS } from "./daily-operations.ts";
import { DOCUMENTATION } from "./documentation.ts";
import { EMERGENCY } from "./emergency.ts";
import { MAINTENANCE } from "./maintenance.ts";
import { METRICS } from "./metrics.ts";
import { MONITORING_AND_ALERTING } from "./monitoring.ts";
import { OVERVIEW } from "./overview.ts";
import { PHASE_BAN } from "./phase-ban.ts";
import { PHASE_EVIDENCE } from "./phase-evidence.ts";
import { PHASE_GUARDS } from "./phase-guards.ts";
import { PHASE_HEARTBEAT } from "./phase-heartbeat.ts";
import { QUALITY } from "./quality.ts";
import type { Row } from "./row.ts";
import { TASK_EXECUTION } from "./task-execution.ts";

/** One row for each line of `docs/operational-processes.md`: what carries it. */
export const SPECIFICATION: readonly Row[] = [
  ...OVERVIEW,
  ...DAILY_OPERATIONS,
  ...TASK_EXECUTION,
  ...MONITORING_AND_ALERTING,
  ...PHASE_EVIDENCE,
  ...PHASE_HEARTBEAT,
  ...PHASE_BAN,
  ...PHASE_GUARDS,
  ...EMERGENCY,
  ...MAINTENANCE,
  ...QUALITY,
  ...DOCUMENTATION,
  ...METRICS,
];
