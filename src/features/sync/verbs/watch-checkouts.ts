import { setTimeout as wait } from "node:timers/promises";
import { openClient } from "../../../platform/client/index.ts";
import { isRefusal, messageOf } from "../../../platform/errors/index.ts";
import { openGround } from "./open-ground.ts";
import { publishVerdict } from "./publish-verdict.ts";
import { syncCheckout } from "./sync-checkout.ts";
import type { Tally } from "./tally.ts";

export interface WatchWish {
  url: string;
  /** Folders of checkouts. */
  folders: readonly string[];
  /** Makes a manager's token that holds for a day or more. */
  token(): Promise<string>;
  now(): number;
  /** Told of each sync that brought something. */
  brought(tally: Tally): void;
  /** Told of what went wrong with a folder, once until it is something else; it is tried again. */
  failed(folder: string, error: unknown): void;
}

const AGAIN_MS = 3_000;

async function syncFolder({ url, now }: WatchWish, folder: string, token: string): Promise<Tally> {
  const client = openClient({ env: { GROWTH_ENGINE_URL: url, GROWTH_ENGINE_TOKEN: token } });
  const ground = await openGround(folder, undefined);
  const judge = (head: string) => publishVerdict(client, ground, head);
  return syncCheckout({ client, ground, agent: null, now, judge, step: () => undefined });
}

const isNews = (tally: Tally): boolean =>
  tally.received + tally.returned + tally.rewrites.length > 0 || tally.verdict !== null;

async function watchFolder(wish: WatchWish, folder: string, stopped: AbortSignal): Promise<void> {
  let token: string | null = null;
  let said = "";
  while (!stopped.aborted) {
    try {
      token ??= await wish.token();
      const tally = await syncFolder(wish, folder, token);
      if (isNews(tally)) wish.brought(tally);
      said = "";
    } catch (error) {
      if (isRefusal(error) && error.code === "TOKEN_INVALID") token = null;
      if (said !== messageOf(error) && !stopped.aborted) wish.failed(folder, error);
      said = messageOf(error);
    }
    await wait(AGAIN_MS, undefined, { signal: stopped }).catch(() => undefined);
  }
}

/** Brings what is new in checkouts every few seconds, until it is stopped. Reads files and git, and runs nothing. */
export function watchCheckouts(wish: WatchWish): { close(): Promise<void> } {
  const stopped = new AbortController();
  const loops = wish.folders.map((folder) => watchFolder(wish, folder, stopped.signal));
  return {
    close: async () => {
      stopped.abort();
      await Promise.all(loops);
    },
  };
}
