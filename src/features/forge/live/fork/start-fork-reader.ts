import { setTimeout as wait } from "node:timers/promises";
import type { Clock } from "../../../../platform/clock/index.ts";
import type { Database } from "../../../../platform/database/index.ts";
import { keepVerdict } from "../../../guard/live/index.ts";
import { claimFork, type DueFork, updateRead } from "./fork-store.ts";
import { type ForkSource, readFork } from "./read-fork.ts";

export interface ForkReaderOptions extends ForkSource {
  database: Database;
  clock: Clock;
  /** Told of what the database threw; it is tried again. */
  failed(job: string, error: unknown): void;
}

const LOOK_MS = 1_000;
const AGAIN_MS = 60_000;
const MAX_TRIES = 5;
/** Who brought the verdict. */
const SERVER = "server";

async function keep(options: ForkReaderOptions, fork: DueFork, now: number): Promise<void> {
  const read = await readFork(fork, options);
  await options.database.inFleet(fork.fleet_id, async (transaction) => {
    if ("verdict" in read) {
      const { repository, pull } = fork;
      const brought = { repository, pull, verdict: read.verdict, runUrl: null, workflow: null };
      await keepVerdict(transaction, fork.fleet_id, { ...brought, trust: "server", broughtBy: SERVER }, now);
      return updateRead(transaction, fork, { says: read.verdict.verdict, again: null, now });
    }
    const isOver = fork.tries >= MAX_TRIES;
    const again = isOver ? null : now + AGAIN_MS * fork.tries;
    return updateRead(transaction, fork, { says: `could not be read: ${read.why}`, again, now });
  });
}

/** Reads what is due, one after the other. */
async function readDue(options: ForkReaderOptions, signal: AbortSignal): Promise<void> {
  while (!signal.aborted) {
    const now = options.clock.now();
    const fork = await options.database.inServer((transaction) => claimFork(transaction, now));
    if (fork === undefined) return;
    await keep(options, fork, now);
  }
}

/** Reads pull requests of forks by itself, until it is closed: their CI has no token that could publish a verdict. */
export function startForkReader(options: ForkReaderOptions): { close(): Promise<void> } {
  const stopped = new AbortController();
  const loop = (async () => {
    while (!stopped.signal.aborted) {
      await readDue(options, stopped.signal).catch((error) => options.failed("forge_read_forks", error));
      await wait(LOOK_MS, undefined, { signal: stopped.signal }).catch(() => undefined);
    }
  })();
  return {
    close: async () => {
      stopped.abort();
      await loop;
    },
  };
}
