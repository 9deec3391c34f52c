import type { Migration } from "../../../../platform/database/index.ts";
import records from "./migrations/0002-records.sql";

export const HEARTBEAT_RECORD_MIGRATIONS: readonly Migration[] = [
  { name: "heartbeat/0002-records", sql: records },
];
