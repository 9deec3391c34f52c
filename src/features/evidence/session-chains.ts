import { fingerprint } from "./fingerprint.ts";
import { isSum } from "./judge-chain.ts";
import { sumOf } from "./search-history.ts";

/** Additions stay below this, so that they are exact. */
const MODULUS = 2 ** 52;

/** What is kept of a session: enough to tell a whole chain from one that is not. */
export interface Session {
  /** Fingerprints of all sums, less those of all `prev`: in a whole chain only the last line's is left. */
  balance: number;
  starts: number;
  /** Does any line name the one before it? If none does, the session is not chained, and nothing is broken. */
  chained: boolean;
  /** Sum of the line that is last by `order`. */
  last: string;
  order: number;
  /** Sum of the line that was added last, not in the balance yet: the next one mostly names it. */
  open: string | null;
  odd: boolean;
}

function settle(session: Session): void {
  if (session.open !== null) session.balance = (session.balance + fingerprint(session.open)) % MODULUS;
  session.open = null;
}

/**
 * Watches the chains of any number of lines and keeps a few values per session: each line's sum is named as
 * `prev` exactly once, except the last line's. Lines may come in any order and from several files.
 */
export class SessionChains {
  readonly #sessions = new Map<string, Session>();
  #key = "";
  #latest: Session | null = null;

  #session(key: string): Session {
    if (this.#latest !== null && this.#key === key) return this.#latest;
    let session = this.#sessions.get(key);
    if (session === undefined) {
      const order = Number.NEGATIVE_INFINITY;
      session = { balance: 0, starts: 0, chained: false, last: "", order, open: null, odd: false };
      this.#sessions.set(key, session);
    }
    this.#key = key;
    this.#latest = session;
    return session;
  }

  add(key: string, line: string, prev: unknown, order: number): void {
    const session = this.#session(key);
    if (prev === undefined || prev === null) {
      session.starts += 1;
      // A second start is odd, or the session is not chained at all: neither needs the sum, which costs the most.
      if (session.starts > 1) return;
      settle(session);
    } else {
      session.chained = true;
      if (prev !== session.open) {
        settle(session);
        if (isSum(prev)) session.balance = (session.balance - fingerprint(prev) + MODULUS) % MODULUS;
        else session.odd = true;
      }
    }
    session.open = sumOf(line);
    if (order >= session.order) {
      session.order = order;
      session.last = session.open;
    }
  }

  /** All that was added, for {@link addSessions} of another. */
  sessions(): [key: string, Session][] {
    const all = [...this.#sessions];
    for (const [, session] of all) settle(session);
    return all;
  }

  /** Goes on with what another one was told of lines that stand after those of this one. */
  addSessions(later: readonly [key: string, Session][]): void {
    for (const [key, after] of later) {
      const session = this.#session(key);
      settle(session);
      session.balance = (session.balance + after.balance) % MODULUS;
      session.starts += after.starts;
      session.chained ||= after.chained;
      session.odd ||= after.odd;
      if (after.order < session.order) continue;
      session.order = after.order;
      session.last = after.last;
    }
  }

  /** Sessions that are not plainly whole. Where no order is given that may be a false alarm: look closer. */
  suspects(): Set<string> {
    const suspects = new Set<string>();
    for (const [key, session] of this.#sessions) {
      if (!session.chained) continue;
      settle(session);
      const isWhole = session.starts === 1 && session.balance === fingerprint(session.last);
      if (session.odd || !isWhole) suspects.add(key);
    }
    return suspects;
  }
}
