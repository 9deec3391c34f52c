import type { Migration } from "../../../platform/database/index.ts";
import beats from "./migrations/0001-beats.sql";

export const HEARTBEAT_MIGRATIONS: readonly Migration[] = [{ name: "heartbeat/0001-beats", sql: beats }];
