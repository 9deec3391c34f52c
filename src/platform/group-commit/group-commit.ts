import { isUnavailable } from "../database/is-unavailable.ts";
import { Refusal } from "../errors/index.ts";

/** What became of one item: its answer, or why it was not written. */
export type Outcome<R> = { done: R } | { error: unknown };

export interface GroupCommitOptions<T, R> {
  /** Writes items in one commit: an outcome for each, in their order, when they are durable. Throws: nothing was. */
  write(items: readonly T[]): Promise<Outcome<R>[]>;
  /** Items of one commit. */
  atMost: number;
  /** Items that wait; more are refused. */
  waitAtMost: number;
}

/** Gathers what arrives while a commit is under way into the next one. */
export interface GroupCommit<T, R> {
  /**
   * The outcome of each item, when all of them are durable or failed.
   * @throws Refusal SERVER_BUSY when too much is waiting
   */
  add(items: readonly T[]): Promise<Outcome<R>[]>;
}

interface Entry<T, R> {
  items: readonly T[];
  resolve(outcomes: Outcome<R>[]): void;
}

/** When it is not the database that is away, halves are tried by themselves until what is wrong stands alone. */
async function writeApart<T, R>(
  options: GroupCommitOptions<T, R>,
  items: readonly T[],
): Promise<Outcome<R>[]> {
  try {
    return await options.write(items);
  } catch (error) {
    if (items.length === 1 || isUnavailable(error)) return items.map(() => ({ error }));
    const middle = items.length >> 1;
    const first = await writeApart(options, items.slice(0, middle));
    return [...first, ...(await writeApart(options, items.slice(middle)))];
  }
}

function takeEntries<T, R>(waiting: Entry<T, R>[], atMost: number): Entry<T, R>[] {
  let size = 0;
  const over = waiting.findIndex(({ items }, index) => {
    size += items.length;
    return index > 0 && size > atMost;
  });
  return waiting.splice(0, over === -1 ? waiting.length : over);
}

/**
 * Group commit without a timer: the first item is written at once, and what arrives meanwhile is written together as
 * soon as that is durable. The busier it is, the larger the groups.
 */
export function groupCommit<T, R>(options: GroupCommitOptions<T, R>): GroupCommit<T, R> {
  const waiting: Entry<T, R>[] = [];
  let size = 0;
  let isWriting = false;
  const answer = (entries: readonly Entry<T, R>[], outcomes: readonly Outcome<R>[]): void => {
    let from = 0;
    for (const entry of entries) {
      entry.resolve(outcomes.slice(from, from + entry.items.length));
      from += entry.items.length;
    }
  };
  const flush = (): void => {
    const entries = takeEntries(waiting, options.atMost);
    const items = entries.flatMap((entry) => entry.items);
    void writeApart(options, items).then((outcomes) => {
      size -= items.length;
      isWriting = waiting.length > 0;
      if (isWriting) flush();
      // After the next commit is on its way: the database works while these are answered.
      setImmediate(answer, entries, outcomes);
    });
  };
  return {
    add: (items) =>
      new Promise((resolve, reject) => {
        if (size + items.length > options.waitAtMost) {
          reject(
            new Refusal("SERVER_BUSY", "more is waiting to be written than this server holds", {
              hint: "ask again in a few seconds",
            }),
          );
          return;
        }
        size += items.length;
        waiting.push({ items, resolve });
        if (isWriting) return;
        isWriting = true;
        // After what this turn of the event loop has read already, which belongs to the same commit.
        setImmediate(flush);
      }),
  };
}
