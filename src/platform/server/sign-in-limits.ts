import { RateLimiterMemory } from "rate-limiter-flexible";
import { Refusal } from "../errors/index.ts";

/** How often an address may fail to sign in, before it has to wait. Guessing 256 bits needs far more. */
const FAILURES = 20;
const SECONDS = 60;

export interface SignInLimits {
  /** @throws Refusal TOO_MANY for an address that failed too often lately */
  refuseFlood(address: string): void;
  countFailure(address: string): void;
}

/** Counts failed sign-ins by network address, in this process. */
export function signInLimits(): SignInLimits {
  const limiter = new RateLimiterMemory({ points: FAILURES, duration: SECONDS });
  const blocked = new Set<string>();
  return {
    refuseFlood: (address) => {
      if (!blocked.has(address)) return;
      throw new Refusal("TOO_MANY", "too many failed sign-ins from this address", {
        hint: `wait ${SECONDS} seconds, and check the token`,
      });
    },
    countFailure: (address) => {
      limiter.consume(address).catch(() => {
        blocked.add(address);
        setTimeout(() => blocked.delete(address), SECONDS * 1000).unref();
      });
    },
  };
}
