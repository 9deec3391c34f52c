import type { Migration } from "./migrate.ts";
import first from "./migrations/0001-scope.sql";

/** What every feature's tables lean on. */
export const PLATFORM_MIGRATIONS: readonly Migration[] = [{ name: "platform/0001-scope", sql: first }];
