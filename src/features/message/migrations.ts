import type { Migration } from "../../platform/database/index.ts";
import messages from "./migrations/0001-messages.sql";

export const MESSAGE_MIGRATIONS: readonly Migration[] = [{ name: "message/0001-messages", sql: messages }];
