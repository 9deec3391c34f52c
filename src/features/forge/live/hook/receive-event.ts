import { createHash } from "node:crypto";
import { z } from "zod";
import type { Transaction } from "../../../../platform/database/index.ts";
import { Refusal } from "../../../../platform/errors/index.ts";
import { listRepositories } from "../../../fleet/index.ts";
import type { Received } from "./contract.ts";
import { insertDelivery, updateOlder } from "./delivery-store.ts";
import { insertHead, upsertPull, upsertReview, upsertRun } from "./fact-store.ts";
import type { EventFacts } from "./facts.ts";
import type { HookRow } from "./hook-store.ts";

/** An event whose signature was found good. */
export interface SignedEvent {
  hook: Pick<HookRow, "id" | "repository" | "forge_name">;
  fleet: string;
  /** The forge's name for this sending of it. */
  delivery: string;
  event: string;
  /** Null for a kind that is not read. */
  facts: EventFacts | null;
  body: Uint8Array;
}

/** The first few mistakes of a payload, without what it holds. */
function sentenceOf(error: z.ZodError): string {
  return error.issues
    .slice(0, 3)
    .map(({ path, message }) => `${path.join(".")}: ${message}`)
    .join("; ");
}

/** Reads a payload. @throws Refusal INPUT_INVALID when it is no event of the kind that it says it is */
export function readPayload(
  body: Uint8Array,
  read: (payload: unknown) => EventFacts | null,
): EventFacts | null {
  let payload: unknown;
  try {
    payload = JSON.parse(Buffer.from(body).toString("utf8"));
  } catch {
    throw new Refusal("INPUT_INVALID", "the event is no JSON", {
      hint: "let the webhook send application/json",
    });
  }
  try {
    return read(payload);
  } catch (error) {
    if (error instanceof z.ZodError)
      throw new Refusal("INPUT_INVALID", `the event lacks something: ${sentenceOf(error)}`);
    throw error;
  }
}

const isSame = (a: string, b: string): boolean => a.toLowerCase() === b.toLowerCase();

/** The fleet's name for the repository that an event is about; null when it is none of the fleet's, or not the hook's. */
async function repositoryOf(
  transaction: Transaction,
  { repository, forge_name }: SignedEvent["hook"],
  forgeName: string,
): Promise<string | null> {
  if (repository !== null) return isSame(forge_name ?? repository, forgeName) ? repository : null;
  const known = await listRepositories(transaction);
  return known.find(({ name }) => isSame(name, forgeName))?.name ?? null;
}

async function keepFacts(
  transaction: Transaction,
  fleet: string,
  repository: string,
  { pulls, reviews, runs }: EventFacts,
  now: number,
): Promise<boolean> {
  const news: boolean[] = [];
  for (const pull of pulls) {
    news.push(await upsertPull(transaction, fleet, repository, pull, now));
    await insertHead(transaction, fleet, repository, pull, now);
  }
  for (const review of reviews) news.push(await upsertReview(transaction, fleet, repository, review));
  for (const run of runs) news.push(await upsertRun(transaction, fleet, repository, run));
  return news.length === 0 || news.includes(true);
}

/** Does what an event says, once, however often and in whatever order it is brought. */
export async function receiveEvent(
  transaction: Transaction,
  signed: SignedEvent,
  now: number,
): Promise<Received> {
  const { hook, fleet, delivery, event, facts, body } = signed;
  const repository = facts && (await repositoryOf(transaction, hook, facts.forgeName));
  const outcome = facts === null ? "unknown" : repository === null ? "ignored" : "kept";
  const says =
    facts === null ? "a kind that is not read" : repository === null ? `of ${facts.forgeName}` : facts.says;
  const isNew = await insertDelivery(
    transaction,
    fleet,
    {
      hook: hook.id,
      delivery,
      sum: createHash("sha256").update(body).digest(),
      event,
      action: facts?.action ?? null,
      repository,
      outcome,
      says,
    },
    now,
  );
  if (!isNew) return { outcome: "seen", says: "seen before" };
  if (facts === null || repository === null) return { outcome, says };
  if (await keepFacts(transaction, fleet, repository, facts, now)) return { outcome, says };
  await updateOlder(transaction, fleet, hook.id, delivery);
  return { outcome: "older", says };
}
