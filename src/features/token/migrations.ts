import type { Migration } from "../../platform/database/index.ts";
import tokens from "./migrations/0001-tokens.sql";

export const TOKEN_MIGRATIONS: readonly Migration[] = [{ name: "token/0001-tokens", sql: tokens }];
