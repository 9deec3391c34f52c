import type { Migration } from "../../platform/database/index.ts";
import entries from "./migrations/0001-entries.sql";

export const AUDIT_MIGRATIONS: readonly Migration[] = [{ name: "audit/0001-entries", sql: entries }];
