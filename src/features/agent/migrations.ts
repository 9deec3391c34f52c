import type { Migration } from "../../platform/database/index.ts";
import agents from "./migrations/0001-agents.sql";

export const AGENT_MIGRATIONS: readonly Migration[] = [{ name: "agent/0001-agents", sql: agents }];
