import { utcTimestamp } from "../../platform/clock/index.ts";
import type { Transaction } from "../../platform/database/index.ts";
import { Refusal } from "../../platform/errors/index.ts";
import type { Call } from "../../platform/server/index.ts";
import { actorName } from "../../vocabulary/actor.ts";
import { placeOf } from "../record/index.ts";
import { forgetBroken } from "./broken-store.ts";
import { addRewrite } from "./checkout-store.ts";
import type { rewind as Endpoint } from "./contract.ts";
import { giveUp } from "./keep-lines.ts";
import { linesGone } from "./name-lines.ts";
import { readSums, replaceSums } from "./span-store.ts";
import { type CheckoutName, holdRepository, removeFile, takeSteps } from "./state-store.ts";
import { recordFileFor, refuseUnopened } from "./take-lines.ts";

type Asked = Call<typeof Endpoint>;

/** The stamp of a file that was not read to its end: no file system says so of a file. */
const UNREAD = "unread";

function refuseLonger({ after, keep }: Asked["body"]): void {
  if (keep.lines <= after.lines) return;
  throw new Refusal(
    "INPUT_INVALID",
    `body keep.lines: ${keep.lines} are more than the ${after.lines} that are here`,
  );
}

/** Lets a checkout's file be the beginning of what it was. @returns the sums of what is left out, or null: stale */
async function shorten(
  transaction: Transaction,
  name: CheckoutName,
  place: string,
  { file, after, keep, now }: Asked["body"],
  at: string,
): Promise<{ kept: string[]; left: string[]; others: string[][] } | null> {
  const to = { ...keep, stamp: UNREAD };
  const places = await takeSteps(transaction, name, [{ place, file, after, to }], at);
  if (!places.has(place)) return null;
  const held = await readSums(transaction, name.fleet, place, null);
  const own = held.get(name.checkout) ?? [];
  held.delete(name.checkout);
  const kept = own.slice(0, keep.lines);
  await replaceSums(transaction, name.fleet, place, name.checkout, kept);
  await forgetBroken(transaction, name, place, keep.lines);
  if (now.what === "deleted") await removeFile(transaction, name, place);
  return { kept, left: own.slice(keep.lines), others: [...held.values()] };
}

/**
 * Follows a file that is not what was brought any more. Where the same branch is checked out as at the last sync, that
 * is a rewrite: it is remembered, and lines that no checkout holds any more are given up. On another branch the file
 * never held them, so they stay what they are.
 * @throws Refusal INPUT_INVALID, TOKEN_ROLE, SYNC_CHECKOUT_UNKNOWN
 */
export async function rewindFile({ transaction, actor, body, now }: Asked) {
  const record = recordFileFor(actor, body.file);
  refuseLonger(body);
  const name = { fleet: actor.fleet.id, repository: body.repository, checkout: body.checkout };
  const before = await refuseUnopened(transaction, name);
  await holdRepository(transaction, name, "give up");
  const place = placeOf(body.repository, body.file);
  const at = utcTimestamp(now);
  const shortened = await shorten(transaction, name, place, body, at);
  if (shortened === null) return { stale: true, remembered: false, gone: 0 };
  const isSwitched = before.synced_at !== null && before.branch !== body.branch;
  if (isSwitched || body.now.what === "same") return { stale: false, remembered: false, gone: 0 };
  const lines = linesGone(shortened.kept, shortened.left, shortened.others);
  const gone = await giveUp(transaction, name.fleet, { file: record, place }, lines, at);
  await addRewrite(transaction, name, {
    file: body.file,
    what: body.now.what,
    from_line: body.keep.lines + 1,
    lines_before: body.after.lines,
    lines_after: body.now.lines,
    sum_before: body.after.sum,
    sum_after: body.now.sum,
    gone,
    branch: body.branch,
    head: body.head,
    found_at: at,
    brought_by: actorName(actor),
  });
  return { stale: false, remembered: true, gone };
}
