import { utcTimestamp } from "../../platform/clock/index.ts";
import type { Transaction } from "../../platform/database/index.ts";
import { type GlobForm, readGlob } from "../../platform/globs/index.ts";
import { type Candidate, listCandidates } from "./conflict-store.ts";
import type { ConflictView } from "./contract.ts";
import { viewResource } from "./read-resources.ts";
import { type Covered, conflicts } from "./rules.ts";

/** A live reservation that stands against something wanted. */
export interface Conflict extends Candidate {
  wants: Covered;
  has: Covered;
}

/** So many candidates are looked at in one go. */
const PAGE = 250;
/** Most who are asked for are found on the first page; if not, few more pages are to be enough. */
const GROWTH = 8;

const MAX_READ = 20_000;
const read = new Map<string, GlobForm[]>();

/** The same few globs are read again and again; a fleet's newest are kept. */
function formsOf(glob: string): GlobForm[] {
  const known = read.get(glob);
  if (known) return known;
  if (read.size >= MAX_READ) read.clear();
  const forms = readGlob(glob);
  read.set(glob, forms);
  return forms;
}

/** Compares the one form that was found; the rest of its pattern has candidates of its own. */
function compare(candidate: Candidate, wanted: readonly Covered[]): Conflict[] {
  const wants = wanted[candidate.wanted];
  if (!wants || !candidate.is_live) return [];
  const { kind, pattern, repository, is_shared, glob } = candidate;
  const forms = kind === "file" ? formsOf(glob) : [];
  const has = { kind, pattern, repository, shared: is_shared, forms };
  return conflicts(wants, has) ? [{ ...candidate, wants, has }] : [];
}

/**
 * Who has or waits for what is wanted, in the order of asking, each pair of resources once.
 * @param limit how many are enough
 */
export async function findConflicts(
  transaction: Transaction,
  fleet: string,
  wanted: readonly Covered[],
  { now, limit }: { now: number; limit: number },
): Promise<Conflict[]> {
  const found = new Map<string, Conflict>();
  let [after, size] = [0, PAGE];
  for (;;) {
    const page = await listCandidates(transaction, fleet, wanted, { now, after, limit: size });
    for (const conflict of page.flatMap((candidate) => compare(candidate, wanted))) {
      const { reservation, place, wanted: at } = conflict;
      found.set(`${reservation} ${place} ${at}`, conflict);
    }
    const last = page.at(-1)?.reservation;
    if (page.length < size || last === undefined || found.size >= limit) break;
    // The last reservation of a full page may have been cut, so it is read again, on a page that it cannot fill.
    size *= GROWTH;
    after = last - 1;
  }
  return [...found.values()].slice(0, limit);
}

/** A conflict as it crosses the wire. */
export function viewConflict(conflict: Conflict): ConflictView {
  const { reservation, agent, state, task, purpose, granted_at, asked_at, lease_until } = conflict;
  return {
    reservation,
    agent,
    state,
    task,
    purpose,
    wants: viewResource(conflict.wants),
    has: viewResource(conflict.has),
    since: utcTimestamp(granted_at ?? asked_at),
    until: lease_until === null ? null : utcTimestamp(lease_until),
  };
}
