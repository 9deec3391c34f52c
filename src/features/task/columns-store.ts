import { sql } from "kysely";
import { utcTimestamp } from "../../platform/clock/index.ts";
import type { Change } from "./change-store.ts";
import { asJson } from "./change-store.ts";
import type { BlockView, HandoverView } from "./contract.ts";
import { at } from "./task-store.ts";

/** The columns that a deed changes. */
type Columns = Pick<Change, "task" | "texts">;

export function progressColumns(given: {
  percent: number | undefined;
  note: string | undefined;
  phase: string | undefined;
}): Columns {
  const { percent, note, phase } = given;
  return {
    task: {
      ...(percent === undefined ? {} : { progress: sql.val(percent) }),
      ...(phase === undefined ? {} : { phase: sql.val(phase) }),
    },
    ...(note === undefined ? {} : { texts: { progress_note: sql.val(note) } }),
  };
}

export function blockColumns(block: Omit<BlockView, "since">, now: number): Columns {
  const kept: BlockView = { ...block, since: utcTimestamp(now) };
  return { texts: { block: asJson(kept), reason: sql.val(block.reason) } };
}

export function resumeColumns(reason: string | null, now: number): Columns {
  return {
    task: { lease_until: sql`${at(now)} + make_interval(secs => t.lease_seconds)` },
    texts: { block: sql`null`, reason: sql.val(reason) },
  };
}

export function handOverColumns(to: string, handover: HandoverView): Columns {
  return {
    task: { assignee: sql.val(to) },
    texts: { handover: asJson(handover), block: sql`null`, reason: sql`null` },
  };
}

export function reassignColumns(to: string | null, reason: string): Columns {
  return { task: { assignee: sql.val(to) }, texts: { block: sql`null`, reason: sql.val(reason) } };
}

export function assignColumns(to: string | null): Columns {
  return { task: { assignee: sql.val(to) } };
}

export function cancelColumns(reason: string): Columns {
  return { texts: { block: sql`null`, reason: sql.val(reason) } };
}
