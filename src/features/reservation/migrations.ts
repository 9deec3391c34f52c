import type { Migration } from "../../platform/database/index.ts";
import reservations from "./migrations/0001-reservations.sql";

export const RESERVATION_MIGRATIONS: readonly Migration[] = [
  { name: "reservation/0001-reservations", sql: reservations },
];
