import type { Client } from "../../../platform/client/index.ts";
import { Refusal } from "../../../platform/errors/index.ts";
import { EXIT } from "../../../vocabulary/exit-code.ts";
import { bringDeletion, bringFiles } from "./bring-files.ts";
import { type Ground, isRebasing, type Position, readPosition } from "./open-ground.ts";
import { openLink } from "./open-link.ts";
import { planFiles } from "./plan-files.ts";
import type { Published } from "./publish-verdict.ts";
import type { Tally } from "./tally.ts";
import { writeReceipts } from "./write-receipts.ts";

export interface SyncWish {
  client: Client;
  ground: Ground;
  /** Whose records alone the token may bring; null for everybody's. */
  agent: string | null;
  now(): number;
  /** Whether receipts are written beside the lines. */
  receipts?: boolean;
  /** Judges the commit that is checked out, when it is another one than at the last sync. */
  judge(head: string): Promise<Published | null>;
  /** Told of each file that was read. */
  step(): void;
}

function emptyTally(ground: Ground, position: Position): Tally {
  return {
    repository: ground.name,
    checkout: ground.checkout,
    ...position,
    files: 0,
    files_read: 0,
    received: 0,
    known: 0,
    returned: 0,
    redacted: 0,
    receipts: 0,
    old: 0,
    skipped_files: 0,
    rewrites: [],
    switched_files: 0,
    broken: [],
    led_away: [],
    archives: [],
    verdict: null,
    milliseconds: 0,
  };
}

/**
 * Brings what is new in the records of a checkout to the control plane. May be ended at any moment and run again:
 * what was taken is known there, and each file goes on from it.
 * @throws Refusal REFUSED in the middle of a rebase, REPOSITORY_UNKNOWN; Fault SERVER_UNAVAILABLE
 */
export async function syncCheckout(wish: SyncWish): Promise<Tally> {
  const { client, ground, agent, now, judge, step } = wish;
  if (isRebasing(ground))
    throw new Refusal("REFUSED", "a rebase is under way here: its files are neither old nor new", {
      exit: EXIT.no,
      hint: "git rebase --continue, or --abort; then growth-engine sync",
    });
  const started = now();
  const position = await readPosition(ground);
  const link = openLink(client, ground, position);
  const headBefore = await link.open();
  const states = await link.files();
  const plan = planFiles({ ...ground, states, agent });
  const tally = emptyTally(ground, position);
  const bringing = { root: ground.root, link, tally, step };
  await bringFiles(bringing, plan.changed());
  for (const { file, ...state } of plan.missing()) await bringDeletion(bringing, file, state);
  const receipts = wish.receipts === true ? await writeReceipts({ client, ground, agent, now: now() }) : 0;
  const { head } = position;
  const verdict = head === null || head === headBefore ? null : await judge(head);
  await link.finish();
  return {
    ...tally,
    verdict,
    receipts,
    files: plan.files,
    skipped_files: plan.skipped,
    led_away: plan.ledAway,
    archives: plan.archives,
    milliseconds: now() - started,
  };
}
