import { sql } from "kysely";
import { utcTimestamp } from "../../platform/clock/index.ts";
import type { Instant, Made, OptionalInstant, Transaction } from "../../platform/database/index.ts";
import type { MessageKind } from "../../vocabulary/message.ts";
import type { MessageView } from "./contract.ts";

type MessageTables = {
  message_messages: {
    fleet_id: string;
    message: Made<number>;
    agent: string;
    task: string | null;
    kind: MessageKind;
    text: string;
    sent_at: Instant;
    sent_by: string;
    closed_at: OptionalInstant;
    closed_by: string | null;
    answer: string | null;
  };
};

const COLUMNS = [
  "message",
  "agent",
  "task",
  "kind",
  "text",
  "sent_at",
  "sent_by",
  "closed_at",
  "closed_by",
  "answer",
] as const;

type Row = Omit<MessageView, "sent_at" | "closed_at"> & { sent_at: number; closed_at: number | null };

function view({ sent_at, closed_at, ...row }: Row): MessageView {
  const closed = closed_at === null ? null : utcTimestamp(closed_at);
  return { ...row, sent_at: utcTimestamp(sent_at), closed_at: closed };
}

const messages = (transaction: Transaction) => transaction.withTables<MessageTables>();

/** A message before it is kept. */
export interface NewMessage {
  agent: string;
  task: string | null;
  kind: MessageKind;
  text: string;
}

/** Keeps messages; an `update` that an open one asks for already is left out. @returns those that are new */
export async function insertMessages(
  transaction: Transaction,
  list: readonly NewMessage[],
  { fleet, by, now }: { fleet: string; by: string; now: number },
): Promise<MessageView[]> {
  if (list.length === 0) return [];
  const rows = await messages(transaction)
    .insertInto("message_messages")
    .values(list.map((one) => ({ ...one, fleet_id: fleet, sent_at: utcTimestamp(now), sent_by: by })))
    .onConflict((conflict) => conflict.doNothing())
    .returning(COLUMNS)
    .execute();
  return rows.map(view);
}

export interface MessageFilter {
  agent: string | undefined;
  task: string | undefined;
  open: boolean | undefined;
  limit: number;
}

/** Newest first, before a message. */
export async function listMessages(
  transaction: Transaction,
  { agent, task, open, limit, before }: MessageFilter & { before: number | null },
): Promise<MessageView[]> {
  let query = messages(transaction)
    .selectFrom("message_messages")
    .select(COLUMNS)
    .orderBy("message", "desc")
    .limit(limit);
  if (agent !== undefined) query = query.where("agent", "=", agent);
  if (task !== undefined) query = query.where("task", "=", task);
  if (open !== undefined) query = query.where("closed_at", open ? "is" : "is not", null);
  if (before !== null) query = query.where("message", "<", before);
  return (await query.execute()).map(view);
}

/** What waits for an agent, oldest first, after a message. */
export async function listWaiting(
  transaction: Transaction,
  { agent, after, limit }: { agent: string; after: number; limit: number },
): Promise<MessageView[]> {
  const rows = await messages(transaction)
    .selectFrom("message_messages")
    .select(COLUMNS)
    .where("agent", "=", agent)
    .where("closed_at", "is", null)
    .where("message", ">", after)
    .orderBy("message")
    .limit(limit)
    .execute();
  return rows.map(view);
}

/** How many wait for an agent. */
export async function countWaiting(transaction: Transaction, agent: string): Promise<number> {
  const { waiting } = await messages(transaction)
    .selectFrom("message_messages")
    .select(({ fn }) => fn.countAll<number>().as("waiting"))
    .where("agent", "=", agent)
    .where("closed_at", "is", null)
    .executeTakeFirstOrThrow();
  return waiting;
}

/** Answers one that waits for this agent; undefined when none does. The statement decides between two answers. */
export async function closeMessage(
  transaction: Transaction,
  { message, agent, answer, now }: { message: number; agent: string; answer: string; now: number },
): Promise<MessageView | undefined> {
  const row = await messages(transaction)
    .updateTable("message_messages")
    .set({ closed_at: utcTimestamp(now), closed_by: `agent:${agent}`, answer })
    .where("message", "=", message)
    .where("agent", "=", agent)
    .where("closed_at", "is", null)
    .returning(COLUMNS)
    .executeTakeFirst();
  return row && view(row);
}

/** Is there a message of this number for this agent? */
export async function isThere(transaction: Transaction, message: number, agent: string): Promise<boolean> {
  const row = await messages(transaction)
    .selectFrom("message_messages")
    .select("message")
    .where("message", "=", message)
    .where("agent", "=", agent)
    .executeTakeFirst();
  return row !== undefined;
}

/** Closes the questions for an update of a task: of one agent, or of all (null). */
export async function closeUpdates(
  transaction: Transaction,
  { task, agent, by, now }: { task: string; agent: string | null; by: string; now: number },
): Promise<void> {
  await sql`
    update growth_engine.message_messages set closed_at = ${utcTimestamp(now)}::timestamptz, closed_by = ${by}
    where task = ${task} and kind = 'update' and closed_at is null
      and (${agent}::text is null or agent = ${agent})`.execute(transaction);
}
