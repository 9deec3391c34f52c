import { setTimeout as wait } from "node:timers/promises";
import type { Database } from "./open-database.ts";

/** A session that hears what the database tells, and comes back when it is cut off. */
export interface Listener {
  close(): Promise<void>;
}

const AGAIN_MS = 1_000;

/**
 * Calls `hear` with each notification of a channel (LISTEN). After an interruption it is called once per channel,
 * since what was told meanwhile is lost: whoever listens takes it as "something may have changed".
 */
export function listen(
  database: Pick<Database, "connect">,
  channels: Readonly<Record<string, (payload: string) => void>>,
): Listener {
  const stopped = new AbortController();
  const session = async (): Promise<void> => {
    const client = await database.connect();
    const ended = new Promise<void>((resolve) => {
      client.on("error", () => resolve());
      client.on("end", () => resolve());
      stopped.signal.addEventListener("abort", () => resolve(), { once: true });
    });
    client.on("notification", ({ channel, payload }) => channels[channel]?.(payload ?? ""));
    for (const channel of Object.keys(channels)) {
      await client.query(`listen ${client.escapeIdentifier(channel)}`);
      channels[channel]?.("");
    }
    await ended;
    await client.end().catch(() => undefined);
  };
  const loop = (async () => {
    while (!stopped.signal.aborted) {
      // The database is away: calls say so themselves, and this session comes back.
      await session().catch(() => undefined);
      if (!stopped.signal.aborted)
        await wait(AGAIN_MS, undefined, { signal: stopped.signal }).catch(() => undefined);
    }
  })();
  return {
    close: async () => {
      stopped.abort();
      await loop;
    },
  };
}
