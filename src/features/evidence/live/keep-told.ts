import { hash } from "node:crypto";
import { utcTimestamp } from "../../../platform/clock/index.ts";
import type { Transaction } from "../../../platform/database/index.ts";
import { type Actor, actorName } from "../../../vocabulary/actor.ts";
import type { KeptLines } from "../../../vocabulary/kept-line.ts";
import { placeOf } from "../../record/index.ts";
import { evidenceColumns } from "./evidence-columns.ts";
import { EVIDENCE_LINES, type KeptEvidence } from "./line-store.ts";

/** A line that nobody read from a checkout, and the file of a checkout that it would stand in. */
export interface Told {
  repository: string;
  /** Date of the folder. */
  day: string;
  /** From the top of the repository. */
  file: string;
  /** A valid entry without secrets, with its agent. */
  entry: Readonly<Record<string, unknown>>;
}

/** One line of a file of its own kind: equal lines that are told twice are one, as they name the same request. */
export function toldLine({ repository, day, file, entry }: Told): KeptLines<KeptEvidence> {
  const line = JSON.stringify(entry);
  const kept = {
    sum: hash("sha256", line, "hex"),
    occurrence: 1,
    number: 1,
    line,
    ...evidenceColumns(entry),
  };
  const place = placeOf(repository, file);
  return { file: { place, day, repository, file, agent: String(entry.agent) }, lines: [kept] };
}

/** Of equal lines one: a statement keeps no line twice. */
function eachOnce(kept: readonly KeptLines<KeptEvidence>[]): KeptLines<KeptEvidence>[] {
  const named = kept.map((one) => [`${one.file.place} ${one.lines[0]?.sum}`, one] as const);
  return [...new Map(named).values()];
}

/** Keeps lines that were told. @returns how many of them are new */
export async function keepTold(
  transaction: Transaction,
  actor: Actor,
  told: readonly KeptLines<KeptEvidence>[],
  now: number,
): Promise<number> {
  const bringing = { by: actorName(actor), at: utcTimestamp(now) };
  const { received } = await EVIDENCE_LINES.keep(transaction, actor.fleet.id, eachOnce(told), bringing);
  return Number(received);
}
