import type { Migration } from "../../../platform/database/index.ts";
import log from "./migrations/0001-log.sql";

export const RECEIPT_MIGRATIONS: readonly Migration[] = [{ name: "receipt/0001-log", sql: log }];
