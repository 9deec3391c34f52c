import { fingerprint } from "./fingerprint.ts";
import { isSum } from "./judge-chain.ts";

/** Additions stay below this, so that they are exact. */
const MODULUS = 2 ** 52;

interface Session {
  /** Fingerprints of all sums, less those of all `prev`: in a whole chain only the last line's is left. */
  balance: number;
  starts: number;
  /** The line that is last by `order`. */
  last: number;
  order: number;
  odd: boolean;
}

/**
 * Watches the chains of any number of lines and keeps a few numbers per session: each line's sum is named as
 * `prev` exactly once, except the last line's. Lines may come in any order and from several files.
 */
export class SessionChains {
  readonly #sessions = new Map<string, Session>();

  add(key: string, sum: string, prev: unknown, order: number): void {
    let session = this.#sessions.get(key);
    if (session === undefined) {
      session = { balance: 0, starts: 0, last: 0, order: Number.NEGATIVE_INFINITY, odd: false };
      this.#sessions.set(key, session);
    }
    const own = fingerprint(sum);
    session.balance = (session.balance + own) % MODULUS;
    if (order >= session.order) {
      session.order = order;
      session.last = own;
    }
    if (prev === undefined || prev === null) session.starts += 1;
    else if (isSum(prev)) session.balance = (session.balance - fingerprint(prev) + MODULUS) % MODULUS;
    else session.odd = true;
  }

  /** Sessions that are not plainly whole. Where no order is given that may be a false alarm: look closer. */
  suspects(): Set<string> {
    const suspects = new Set<string>();
    for (const [key, { balance, starts, last, odd }] of this.#sessions) {
      if (odd || starts !== 1 || balance !== last) suspects.add(key);
    }
    return suspects;
  }
}
