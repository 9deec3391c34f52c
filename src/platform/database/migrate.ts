import { createHash } from "node:crypto";
import type pg from "pg";
import { Fault } from "../errors/index.ts";

/** One step of the schema. Never edited after a release: its sum is compared. */
export interface Migration {
  /** `<feature>/<number>-<what>`. */
  name: string;
  sql: string;
}

/** Any number will do as long as nobody else in this database takes it: "GRWE". */
const LOCK = 0x47525745;

const BEGIN = `
create schema if not exists growth_engine;
create table if not exists growth_engine.platform_migrations (
  name text primary key, sum text not null, applied_at timestamptz not null default statement_timestamp()
);`;

const sumOf = (sql: string): string =>
  createHash("sha256").update(sql.replaceAll("\r\n", "\n")).digest("hex");

function refuse(message: string): Fault {
  return new Fault("DATABASE_UNAVAILABLE", message, {
    hint: "run the newest growth-engine-server that this database has seen, or restore it from a backup",
  });
}

async function appliedOf(client: pg.ClientBase): Promise<Map<string, string>> {
  const { rows } = await client.query<{ name: string; sum: string }>(
    "select name, sum from growth_engine.platform_migrations",
  );
  return new Map(rows.map(({ name, sum }) => [name, sum]));
}

async function apply(client: pg.ClientBase, { name, sql }: Migration): Promise<void> {
  await client.query("begin");
  try {
    await client.query(sql);
    await client.query("insert into growth_engine.platform_migrations (name, sum) values ($1, $2)", [
      name,
      sumOf(sql),
    ]);
    await client.query("commit");
  } catch (cause) {
    await client.query("rollback");
    throw new Fault("DATABASE_UNAVAILABLE", `the schema step ${name} failed: ${(cause as Error).message}`, {
      cause,
    });
  }
}

/**
 * Brings the schema to where the code is, in order, each step whole or not at all. Several processes may ask at once:
 * one does it, the others wait.
 * @returns the names of the steps that were taken now
 * @throws Fault DATABASE_UNAVAILABLE when a step fails, or when the database was changed by another version
 */
export async function migrate(client: pg.ClientBase, migrations: readonly Migration[]): Promise<string[]> {
  await client.query("select pg_advisory_lock($1)", [LOCK]);
  try {
    await client.query(BEGIN);
    const applied = await appliedOf(client);
    const known = new Set(migrations.map(({ name }) => name));
    const newer = [...applied.keys()].filter((name) => !known.has(name));
    if (newer.length > 0) throw refuse(`the database was changed by a newer version (${newer.join(", ")})`);
    const changed = migrations.find(({ name, sql }) => (applied.get(name) ?? sumOf(sql)) !== sumOf(sql));
    if (changed) throw refuse(`the schema step ${changed.name} is not the one that was applied`);
    const waiting = migrations.filter(({ name }) => !applied.has(name));
    for (const migration of waiting) await apply(client, migration);
    return waiting.map(({ name }) => name);
  } finally {
    await client.query("select pg_advisory_unlock($1)", [LOCK]);
  }
}
