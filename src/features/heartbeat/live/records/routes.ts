import { readCursor, writeCursor } from "../../../../platform/endpoint/index.ts";
import { type Route, route } from "../../../../platform/server/index.ts";
import { parseTimestamp } from "../../../../vocabulary/timestamp.ts";
import * as contract from "./contract.ts";
import { listRecords, type Position } from "./list-store.ts";

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** Where the page before ended, or null when a cursor is none of ours. */
function positionOf(cursor: string | undefined): Position | null {
  const [at, place, sum, occurrence] = readCursor(cursor) ?? [];
  const isOurs =
    parseTimestamp(String(at)) !== null &&
    UUID.test(String(place)) &&
    /^[0-9a-f]{64}$/.test(String(sum)) &&
    Number.isInteger(occurrence) &&
    Math.abs(Number(occurrence)) < 2 ** 31;
  return isOurs ? ([at, place, sum, occurrence] as Position) : null;
}

/** What can be asked about heartbeat lines of record files. */
export const HEARTBEAT_RECORD_ROUTES: readonly Route[] = [
  route(contract.listRecords, async ({ transaction, actor, query }) => {
    const { items, next } = await listRecords(transaction, actor.fleet.id, query, positionOf(query.cursor));
    return { items, next: next && writeCursor(next) };
  }),
];
