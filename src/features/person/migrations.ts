import type { Migration } from "../../platform/database/index.ts";
import people from "./migrations/0001-people.sql";

export const PERSON_MIGRATIONS: readonly Migration[] = [{ name: "person/0001-people", sql: people }];
