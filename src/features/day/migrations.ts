import type { Migration } from "../../platform/database/index.ts";
import starts from "./migrations/0001-starts.sql";

export const DAY_MIGRATIONS: readonly Migration[] = [{ name: "day/0001-starts", sql: starts }];
