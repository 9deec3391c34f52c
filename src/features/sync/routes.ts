import { utcTimestamp } from "../../platform/clock/index.ts";
import type { Database } from "../../platform/database/index.ts";
import { numberIn, pageOf, readCursor, textIn } from "../../platform/endpoint/index.ts";
import { type Call, directRoute, type Route, route } from "../../platform/server/index.ts";
import type { ReceiptLog } from "../receipt/live/index.ts";
import { placeOf } from "../record/index.ts";
import { beginCheckout } from "./begin-checkout.ts";
import { listBroken } from "./broken-store.ts";
import { finishCheckout, listCheckouts, listRewrites } from "./checkout-store.ts";
import * as contract from "./contract.ts";
import { rewindFile } from "./rewind-file.ts";
import { readSums } from "./span-store.ts";
import { listFiles } from "./state-store.ts";
import { refuseUnopened, takeLines } from "./take-lines.ts";

const UUID = /^[0-9a-f-]{36}$/;

async function files({ transaction, actor, query }: Call<typeof contract.listFiles>) {
  const { repository, checkout, file, limit } = query;
  const cursor = textIn(query.cursor);
  const after = UUID.test(cursor) ? cursor : null;
  const place = file === undefined ? null : placeOf(repository, file);
  const name = { fleet: actor.fleet.id, repository, checkout };
  const rows = await listFiles(transaction, name, { after, limit, place });
  return pageOf(rows, { limit, position: (row) => [row.place], view: ({ place: _, ...row }) => row });
}

async function broken({ transaction, actor, query }: Call<typeof contract.listBroken>) {
  const { repository, limit } = query;
  const [, , place, line] = readCursor(query.cursor);
  const isOurs = UUID.test(String(place)) && Number.isSafeInteger(line);
  const after = isOurs ? JSON.stringify(readCursor(query.cursor)) : null;
  const rows = await listBroken(transaction, actor.fleet.id, { repository, after, limit });
  const position = (row: (typeof rows)[number]) => [row.repository, row.checkout, row.place, row.line];
  return pageOf(rows, { limit, position, view: ({ place: _, ...row }) => row });
}

async function rewrites({ transaction, actor, query }: Call<typeof contract.listRewrites>) {
  const { repository, limit } = query;
  const before = numberIn(query.cursor);
  const rows = await listRewrites(transaction, actor.fleet.id, { repository, before, limit });
  return pageOf(rows, { limit, position: ({ rewrite }) => [rewrite], view: (row) => row });
}

const WITHIN_A_FLEET: readonly Route[] = [
  route(contract.openCheckout, beginCheckout),
  route(contract.listFiles, files),
  route(contract.listSums, async ({ transaction, actor, query }) => {
    const place = placeOf(query.repository, query.file);
    const held = await readSums(transaction, actor.fleet.id, place, query.checkout);
    const sums = held.get(query.checkout) ?? [];
    return { lines: sums.length, sums: Buffer.from(sums.join(""), "hex").toString("base64") };
  }),
  route(contract.rewind, rewindFile),
  route(contract.finishCheckout, async ({ transaction, actor, body, now }) => {
    const { repository, checkout, branch, head } = body;
    const name = { fleet: actor.fleet.id, repository, checkout };
    const at = utcTimestamp(now);
    await refuseUnopened(transaction, name);
    await finishCheckout(transaction, name, { branch, head, at });
    return { synced_at: at };
  }),
  route(contract.listCheckouts, async ({ transaction, actor, query }) => ({
    items: await listCheckouts(transaction, actor.fleet.id, query.repository),
  })),
  route(contract.listRewrites, rewrites),
  route(contract.listBroken, broken),
];

/** What can be asked about the records of checkouts. */
export function syncRoutes(database: Database, receipts: ReceiptLog | null): readonly Route[] {
  return [directRoute(contract.takeLines, (call) => takeLines(database, receipts, call)), ...WITHIN_A_FLEET];
}
