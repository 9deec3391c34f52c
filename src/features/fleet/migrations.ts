import type { Migration } from "../../platform/database/index.ts";
import fleets from "./migrations/0001-fleets.sql";

export const FLEET_MIGRATIONS: readonly Migration[] = [{ name: "fleet/0001-fleets", sql: fleets }];
