import type pg from "pg";
import { createPool } from "./create-pool.ts";
import { again } from "./transactions.ts";

/** A session that one writer has for itself: its statements follow each other, and are planned once. */
export interface Writer {
  /** Runs one statement, which sees all fleets and is a transaction of its own: all of it is durable, or nothing. */
  run<Row>(text: string, parameters: readonly unknown[]): Promise<Row[]>;
  close(): Promise<void>;
}

/** Opens a writer; a session that is cut off is opened again by the next statement. */
export function openWriter(config: pg.ClientConfig): Writer {
  const pool = createPool(config, 1);
  return {
    run: <Row>(text: string, parameters: readonly unknown[]) =>
      again(async () => (await pool.query(text, [...parameters])).rows as Row[]),
    close: () => pool.end(),
  };
}
