import { sql } from "kysely";
import type { Transaction } from "../../platform/database/index.ts";
import { literalEnd, literalFolders } from "../../platform/globs/index.ts";
import type { ReservationState, ResourceKind } from "../../vocabulary/reservation.ts";
import { at } from "./reservation-store.ts";
import type { Covered } from "./rules.ts";

/** A form of a live reservation's resource that may overlap one that is wanted: the exact rule has the last word. */
export interface Candidate {
  /** Which of the wanted ones. */
  wanted: number;
  reservation: number;
  place: number;
  form: number;
  kind: ResourceKind;
  repository: string | null;
  pattern: string;
  glob: string;
  is_shared: boolean;
  agent: string;
  state: ReservationState;
  task: string | null;
  task_fence: number | null;
  purpose: string | null;
  asked_at: number;
  granted_at: number | null;
  lease_until: number | null;
}

/** Sorts after every text that begins with what stands before it, byte by byte. */
const LAST = "\u{10ffff}";

interface Lookup {
  wanted: number;
  kind: string;
  repository: string | null;
  ending: string | null;
  is_shared: boolean;
  folders: string;
}

/** Every beginning of literal folders, itself included: `""`, `src/`, `src/a/`. */
function beginnings(folders: string): string[] {
  const parts = folders.split("/").slice(0, -1);
  return ["", ...parts.map((_, at) => `${parts.slice(0, at + 1).join("/")}/`)];
}

function lookupsOf(wanted: readonly Covered[]): Lookup[] {
  return wanted.flatMap(({ kind, pattern, repository, shared, forms }, at) => {
    const common = { wanted: at, kind, repository, is_shared: shared };
    if (kind !== "file") return [{ ...common, ending: null, folders: pattern }];
    return forms.map((form) => ({ ...common, ending: literalEnd(form), folders: literalFolders(form) }));
  });
}

const SHAPE = sql.raw(
  "wanted integer, kind text, repository text, ending text, is_shared boolean, folders text, upto text",
);

/** Their folders are these, or one of those around them. */
function aroundOf(lookups: readonly Lookup[]): string {
  return JSON.stringify(
    lookups.flatMap((one) =>
      one.kind === "file" ? beginnings(one.folders).map((folders) => ({ ...one, folders })) : [one],
    ),
  );
}

/** Their folders lie below these. */
function belowOf(lookups: readonly Lookup[]): string {
  return JSON.stringify(
    lookups.flatMap((one) => (one.kind === "file" ? [{ ...one, upto: one.folders + LAST }] : [])),
  );
}

/**
 * Live reservations that may overlap what is wanted, by reservation. An index finds those whose literal folders begin
 * with the wanted ones, or the other way round; what ends differently, lies in another repository or is shared by both
 * is left out. @param after of reservations beyond this one only
 */
export async function listCandidates(
  transaction: Transaction,
  fleet: string,
  wanted: readonly Covered[],
  { now, after, limit }: { now: number; after: number; limit: number },
): Promise<Candidate[]> {
  const lookups = lookupsOf(wanted);
  const { rows } = await sql<Candidate>`
    with found as (
      select w.wanted, w.repository as whose, w.ending as ends, w.is_shared as shares, g.*
      from jsonb_to_recordset(${aroundOf(lookups)}::jsonb) as w(${SHAPE})
      join growth_engine.reservation_resources g
        on g.fleet_id = ${fleet} and g.kind = w.kind and g.folders = w.folders collate "C"
      union
      select w.wanted, w.repository, w.ending, w.is_shared, g.*
      from jsonb_to_recordset(${belowOf(lookups)}::jsonb) as w(${SHAPE})
      join growth_engine.reservation_resources g on g.fleet_id = ${fleet} and g.kind = 'file'
        and g.folders > w.folders collate "C" and g.folders < w.upto collate "C"
    )
    select f.wanted, f.reservation, f.place, f.form, f.kind, f.repository, f.pattern, f.glob, f.is_shared,
      r.agent, r.state, r.task, r.task_fence, r.purpose, r.asked_at, r.granted_at, r.lease_until
    from found f join growth_engine.reservation_reservations r on r.fleet_id = ${fleet} and r.id = f.reservation
    where r.id > ${after} and not (f.is_shared and f.shares)
      and (f.repository is null or f.whose is null or f.repository = f.whose)
      and (f.ending is null or f.ends is null
        or right(f.ending, length(f.ends)) = f.ends or right(f.ends, length(f.ending)) = f.ending)
      and case r.state when 'held' then r.lease_until is null or r.lease_until > ${at(now)}
        else r.wait_until > ${at(now)} end
    order by r.id, f.wanted, f.place, f.form limit ${limit}`.execute(transaction);
  return rows;
}
