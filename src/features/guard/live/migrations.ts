import type { Migration } from "../../../platform/database/index.ts";
import verdicts from "./migrations/0001-verdicts.sql";

export const GUARD_MIGRATIONS: readonly Migration[] = [{ name: "guard/0001-verdicts", sql: verdicts }];
