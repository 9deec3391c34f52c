import { type RawBuilder, sql } from "kysely";
import type { Transaction } from "../../platform/database/index.ts";
import { laterFolders, literalEnd, literalFolders } from "../../platform/globs/index.ts";
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
  /** False when it ran out, and nobody has ended it yet. */
  is_live: boolean;
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
  /** Two folders behind an open place that those below share, or have not; more are left to the exact rule. */
  step_a: number | null;
  name_a: string | null;
  step_b: number | null;
  name_b: string | null;
}

type Later = Pick<Lookup, "step_a" | "name_a" | "step_b" | "name_b">;

/** Every beginning of literal folders, itself included: `""`, `src/`, `src/a/`. */
function beginnings(folders: string): string[] {
  const parts = folders.split("/").slice(0, -1);
  return ["", ...parts.map((_, at) => `${parts.slice(0, at + 1).join("/")}/`)];
}

function laterOf([a, b]: ReturnType<typeof laterFolders>): Later {
  const first = { step_a: a?.step ?? null, name_a: a?.name ?? null };
  return { ...first, step_b: b?.step ?? null, name_b: b?.name ?? null };
}

function lookupsOf(wanted: readonly Covered[]): Lookup[] {
  return wanted.flatMap(({ kind, pattern, repository, shared, forms }, at) => {
    const common = { wanted: at, kind, repository, is_shared: shared };
    if (kind !== "file") return [{ ...common, ending: null, folders: pattern, ...laterOf([]) }];
    return forms.map((form) => ({
      ...common,
      ending: literalEnd(form),
      folders: literalFolders(form),
      ...laterOf(laterFolders(form)),
    }));
  });
}

const SHAPE = sql.raw(
  "wanted integer, kind text, repository text, ending text, is_shared boolean, folders text, upto text, step_a integer, name_a text, step_b integer, name_b text",
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
  const below = lookups.filter(({ kind, folders }) => kind === "file" && folders !== "");
  return JSON.stringify(below.map((one) => ({ ...one, upto: one.folders + LAST })));
}

/** Theirs may be any, since these begin with an open place. */
function anywhereOf(lookups: readonly Lookup[]): string {
  return JSON.stringify(lookups.filter(({ kind, folders }) => kind === "file" && folders === ""));
}

/** What ends differently, lies in another repository or is shared by both is left out. */
const MAY_TOUCH = sql.raw(`not (g.is_shared and w.is_shared)
  and (g.repository is null or w.repository is null or g.repository = w.repository)
  and (g.ending is null or w.ending is null
    or right(g.ending, length(w.ending)) = w.ending or right(w.ending, length(g.ending)) = g.ending)`);

const MAY_REACH = sql.raw(`(w.step_a is null or split_part(g.folders, '/', w.step_a) in ('', w.name_a))
  and (w.step_b is null or split_part(g.folders, '/', w.step_b) in ('', w.name_b))`);

/** Row by row of what is wanted, each through the index: `offset` keeps the planner from reading the table at once. */
const look = (lookups: string, fleet: string, where: RawBuilder<unknown>) => sql`
  select w.wanted, f.* from jsonb_to_recordset(${lookups}::jsonb) as w(${SHAPE})
  cross join lateral (
    select g.reservation, g.place, g.form from growth_engine.reservation_resources g
    where g.fleet_id = ${fleet} and g.kind = w.kind and ${where} and ${MAY_TOUCH} offset 0) f`;

/** In the order of the primary key, which `offset` keeps the planner from mixing up with the rest, until it is enough. */
const lookInOrder = (
  lookups: string,
  fleet: string,
  { after, limit }: { after: number; limit: number },
) => sql`
  select w.wanted, f.* from jsonb_to_recordset(${lookups}::jsonb) as w(${SHAPE})
  cross join lateral (
    select g.reservation, g.place, g.form from (
      select * from growth_engine.reservation_resources where fleet_id = ${fleet} and reservation > ${after}
      order by fleet_id, reservation, place, form offset 0) g
    where g.kind = w.kind and g.folders <> '' and ${MAY_REACH} and ${MAY_TOUCH} limit ${limit}) f`;

/**
 * Live reservations that may overlap what is wanted, by reservation. An index finds those whose literal folders begin
 * with the wanted ones, or the other way round. @param after of reservations beyond this one only
 * @returns at most `limit`; fewer: there are no more
 */
export async function listCandidates(
  transaction: Transaction,
  fleet: string,
  wanted: readonly Covered[],
  { now, after, limit }: { now: number; after: number; limit: number },
): Promise<Candidate[]> {
  const lookups = lookupsOf(wanted);
  const same = sql.raw(`g.folders = w.folders collate "C"`);
  const below = sql`g.folders > w.folders collate "C" and g.folders < w.upto collate "C" and ${MAY_REACH}`;
  const { rows } = await sql<Candidate>`
    with found as (
      select * from (
        ${look(aroundOf(lookups), fleet, same)} union all ${look(belowOf(lookups), fleet, below)}
        union all ${lookInOrder(anywhereOf(lookups), fleet, { after, limit })}
      ) f
      where f.reservation > ${after} order by f.reservation, f.wanted, f.place, f.form limit ${limit}
    )
    select f.wanted, f.reservation, f.place, f.form, g.kind, g.repository, g.pattern, g.glob, g.is_shared, r.*
    from found f cross join lateral (
      select g.kind, g.repository, g.pattern, g.glob, g.is_shared from growth_engine.reservation_resources g
      where g.fleet_id = ${fleet} and g.reservation = f.reservation and g.place = f.place and g.form = f.form
      offset 0) g
    cross join lateral (
      select r.agent, r.state, r.task, r.task_fence, r.purpose, r.asked_at, r.granted_at, r.lease_until,
        case r.state when 'held' then r.lease_until is null or r.lease_until > ${at(now)}
          else r.wait_until > ${at(now)} end as is_live
      from growth_engine.reservation_reservations r
      where r.fleet_id = ${fleet} and r.id = f.reservation offset 0) r
    order by f.reservation, f.wanted, f.place, f.form`.execute(transaction);
  return rows;
}
