import { RateLimiterMemory } from "rate-limiter-flexible";
import { Refusal } from "../errors/index.ts";

/** How often an address may fail to sign in, before unknown tokens from there are not looked at. */
const FAILURES = 20;
const SECONDS = 60;
/** A token that was good this lately passes: agents of one machine share an address with the one that fails. */
const GOOD_MS = 600_000;
const MAX_GOOD = 20_000;

export interface SignInLimits {
  /** @throws Refusal TOO_MANY for a token that was not good lately, from an address that failed too often */
  refuseFlood(address: string, token: string | null, now: number): void;
  countSuccess(token: string, now: number): void;
  countFailure(address: string): void;
}

/** Counts failed sign-ins by network address, in this process. */
export function signInLimits(): SignInLimits {
  const limiter = new RateLimiterMemory({ points: FAILURES, duration: SECONDS });
  const flooding = new Set<string>();
  const good = new Map<string, number>();
  return {
    refuseFlood: (address, token, now) => {
      if (!flooding.has(address)) return;
      if (token !== null && (good.get(token) ?? 0) > now) return;
      throw new Refusal("TOO_MANY", "too many failed sign-ins from this address", {
        hint: `wait ${SECONDS} seconds, and check the token`,
      });
    },
    countSuccess: (token, now) => {
      if ((good.get(token) ?? 0) > now + GOOD_MS / 2) return;
      if (good.size >= MAX_GOOD) good.clear();
      good.set(token, now + GOOD_MS);
    },
    countFailure: (address) => {
      limiter.consume(address).catch(() => {
        flooding.add(address);
        setTimeout(() => flooding.delete(address), SECONDS * 1000).unref();
      });
    },
  };
}
