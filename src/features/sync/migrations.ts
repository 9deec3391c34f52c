import type { Migration } from "../../platform/database/index.ts";
import sync from "./migrations/0001-sync.sql";

export const SYNC_MIGRATIONS: readonly Migration[] = [{ name: "sync/0001-sync", sql: sync }];
