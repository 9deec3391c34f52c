import type { Client } from "../../../platform/client/index.ts";
import type * as contract from "../contract.ts";
import type { Departure } from "./find-departure.ts";
import type { Ground, Position } from "./open-ground.ts";
import type { FileState } from "./read-parts.ts";

/** What the control plane is asked for one checkout. */
export interface Link {
  /** @returns the commit that was checked out at the last sync that was finished */
  open(): Promise<string | null>;
  /** What there is of each file. */
  files(): Promise<Map<string, contract.SyncedFile>>;
  file(path: string): Promise<contract.SyncedFile | null>;
  /** 32 bytes for each line that there is of a file. */
  sums(path: string): Promise<Buffer>;
  lines(body: string): Promise<contract.Taken>;
  rewind(path: string, after: FileState, departure: Departure, what: What): Promise<Rewound>;
  finish(): Promise<void>;
}

export type What = "rewritten" | "shortened" | "deleted" | "same";
/** What came of it. */
export interface Rewound {
  stale: boolean;
  remembered: boolean;
  gone: number;
}

/** Opens the way for the records of a checkout. */
export function openLink(client: Client, ground: Ground, position: Position): Link {
  const name = { repository: ground.name, checkout: ground.checkout };
  return {
    open: async () => {
      const body = { ...name, ...(ground.url === null ? {} : { url: ground.url }) };
      const { head } = await client.ask<typeof contract.openCheckout>("POST /api/v1/sync", { body });
      return head;
    },
    files: async () => {
      const items = await client.all<typeof contract.listFiles>("GET /api/v1/sync/file", { query: name });
      return new Map(items.map((item) => [item.file, item]));
    },
    file: async (file) => {
      const query = { ...name, file };
      const { items } = await client.ask<typeof contract.listFiles>("GET /api/v1/sync/file", { query });
      return items[0] ?? null;
    },
    sums: async (file) => {
      const query = { ...name, file };
      const { sums } = await client.ask<typeof contract.listSums>("GET /api/v1/sync/sum", { query });
      return Buffer.from(sums, "base64");
    },
    lines: (body) => client.ask<typeof contract.takeLines>("POST /api/v1/sync/lines", { query: name, body }),
    rewind: async (file, after, { keep, now }, what) => {
      const body = {
        ...name,
        ...position,
        file,
        after: { lines: after.lines, sum: after.sum },
        keep,
        now: { ...now, what },
      };
      return client.ask<typeof contract.rewind>("POST /api/v1/sync/rewind", { body });
    },
    finish: async () => {
      const body = { ...name, ...position };
      await client.ask<typeof contract.finishCheckout>("POST /api/v1/sync/finish", { body });
    },
  };
}
