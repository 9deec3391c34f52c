import type { Migration } from "../../../platform/database/index.ts";
import lines from "./migrations/0001-lines.sql";

export const EVIDENCE_MIGRATIONS: readonly Migration[] = [{ name: "evidence/0001-lines", sql: lines }];
