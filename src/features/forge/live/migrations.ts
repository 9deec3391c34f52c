import type { Migration } from "../../../platform/database/index.ts";
import forge from "./migrations/0001-forge.sql";

export const FORGE_MIGRATIONS: readonly Migration[] = [{ name: "forge/0001-forge", sql: forge }];
