import type { Migration } from "../../platform/database/index.ts";
import tasks from "./migrations/0001-tasks.sql";

export const TASK_MIGRATIONS: readonly Migration[] = [{ name: "task/0001-tasks", sql: tasks }];
