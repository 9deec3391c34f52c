import { createHash } from "node:crypto";
import { utcTimestamp } from "../../../platform/clock/index.ts";
import type { Transaction } from "../../../platform/database/index.ts";
import { Refusal } from "../../../platform/errors/index.ts";
import { listRepositories } from "../../fleet/index.ts";
import type { PublishedVerdict, Trust, VerdictView } from "./contract.ts";
import { findVerdict, insertAnswers, upsertVerdict, type VerdictRow } from "./verdict-store.ts";

/** A verdict, and who stands behind it. */
export interface VerdictToKeep {
  repository: string;
  verdict: PublishedVerdict;
  pull: number | null;
  runUrl: string | null;
  trust: Trust;
  broughtBy: string;
  /** File and ref of the workflow that brought it; null when none did. */
  workflow: string | null;
}

/** What PostgreSQL keeps in no text. A repository that quotes it must not be able to keep its verdict out. */
const UNSTORABLE = /[\0\p{Cs}]/gu;

function storable(verdict: PublishedVerdict): PublishedVerdict {
  return JSON.parse(JSON.stringify(verdict), (_, value: unknown) =>
    typeof value === "string" ? value.replaceAll(UNSTORABLE, "\ufffd") : value,
  ) as PublishedVerdict;
}

export function viewVerdict({ published_at, ...row }: VerdictRow): VerdictView {
  return { ...row, published_at: utcTimestamp(published_at) };
}

async function refuseUnknownRepository(transaction: Transaction, repository: string): Promise<void> {
  const known = await listRepositories(transaction);
  if (known.some(({ name }) => name === repository)) return;
  throw new Refusal("REPOSITORY_UNKNOWN", `there is no repository ${repository} in this fleet`, {
    hint: `growth-engine fleet repository ${repository}`,
  });
}

/**
 * Keeps a verdict once, however often it is brought; the strongest that brought it stands behind it.
 * @throws Refusal REPOSITORY_UNKNOWN
 */
export async function keepVerdict(
  transaction: Transaction,
  fleet: string,
  { verdict, ...brought }: VerdictToKeep,
  now: number,
): Promise<VerdictView & { repeated: boolean }> {
  await refuseUnknownRepository(transaction, brought.repository);
  const sum = createHash("sha256").update(JSON.stringify(verdict)).digest();
  const report = storable(verdict);
  const { id, isNew } = await upsertVerdict(transaction, fleet, { ...brought, report, sum }, now);
  if (isNew) await insertAnswers(transaction, fleet, id, report);
  const { report: _, ...row } = (await findVerdict(transaction, fleet, id)) as VerdictRow & {
    report: unknown;
  };
  return { ...viewVerdict(row), repeated: !isNew };
}
