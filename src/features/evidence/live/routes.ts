import { utcTimestamp } from "../../../platform/clock/index.ts";
import { readCursor, writeCursor } from "../../../platform/endpoint/index.ts";
import { type Route, route } from "../../../platform/server/index.ts";
import { parseTimestamp } from "../../../vocabulary/timestamp.ts";
import type { ReceiptLog } from "../../receipt/live/index.ts";
import * as contract from "./contract.ts";
import { listKept, type Position, readUse } from "./kept-store.ts";
import { tellEvidence } from "./tell-evidence.ts";

const DAY_MS = 86_400_000;
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

/** What can be asked about kept evidence. */
export const evidenceRoutes = (receipts: ReceiptLog | null): readonly Route[] => [
  route(contract.tellEvidence, (call) => tellEvidence(call, receipts)),
  route(contract.listKept, async ({ transaction, actor, query }) => {
    const after = positionOf(query.cursor);
    const { items, next } = await listKept(transaction, actor.fleet.id, query, after);
    return { items, next: next && writeCursor(next) };
  }),
  route(contract.showUse, async ({ transaction, actor, query, now }) => ({
    items: await readUse(transaction, actor.fleet.id, utcTimestamp(now - query.days * DAY_MS)),
  })),
];
