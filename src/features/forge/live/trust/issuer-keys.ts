import { createLocalJWKSet, type JSONWebKeySet } from "jose";
import { Fault, messageOf } from "../../../../platform/errors/index.ts";
import { fetchOutside, type OutsideRules } from "../../../../platform/http/index.ts";

type FindKey = ReturnType<typeof createLocalJWKSet>;

/** The public keys of issuers, remembered. */
export interface IssuerKeys {
  /** Keys of an issuer; with `again`, asked for anew unless that was done within the last minute. */
  keysOf(issuer: string, now: number, again?: boolean): Promise<FindKey>;
}

interface Remembered {
  find: FindKey | null;
  error: Error | null;
  askedAt: number;
}

/** Issuers announce a new key before they use it, so a key of this age may be gone but a new one is not missed. */
const FRESH_MS = 10 * 60_000;
/** A flood of tokens that name keys nobody has makes one question a minute. */
const AGAIN_MS = 60_000;
/** How soon an issuer that did not answer is asked again. */
const FAILED_MS = 5_000;
const MAX_BYTES = 256 << 10;
const ANSWER_MS = 5_000;
/** OpenID Connect Discovery 1.0 §4. */
const DISCOVERY = "/.well-known/openid-configuration";

async function readJson(url: string, rules: OutsideRules): Promise<Record<string, unknown>> {
  const { status, body } = await fetchOutside({ url, maxBytes: MAX_BYTES, timeout: ANSWER_MS }, rules);
  if (status !== 200) throw new Fault("OUTSIDE_UNAVAILABLE", `${url} answered ${status}`);
  try {
    return JSON.parse(body.toString("utf8")) as Record<string, unknown>;
  } catch (cause) {
    throw new Fault("OUTSIDE_UNAVAILABLE", `${url} answered no JSON: ${messageOf(cause)}`, { cause });
  }
}

async function readKeys(issuer: string, rules: OutsideRules): Promise<FindKey> {
  const { issuer: named, jwks_uri: uri } = await readJson(`${issuer.replace(/\/$/, "")}${DISCOVERY}`, rules);
  const at = typeof uri === "string" && URL.canParse(uri) ? new URL(uri) : null;
  if (named !== issuer || at === null || at.origin !== new URL(issuer).origin)
    throw new Fault("OUTSIDE_UNAVAILABLE", `${issuer} does not say by itself where its keys are`);
  try {
    return createLocalJWKSet((await readJson(at.href, rules)) as unknown as JSONWebKeySet);
  } catch (cause) {
    throw new Fault("OUTSIDE_UNAVAILABLE", `${at.href} answered no keys: ${messageOf(cause)}`, { cause });
  }
}

/** Opens the memory of a process. It holds issuers that some fleet trusts, and no others. */
export function issuerKeys(rules: OutsideRules): IssuerKeys {
  const remembered = new Map<string, Remembered>();
  const asking = new Map<string, Promise<Remembered>>();
  const ask = async (issuer: string, now: number): Promise<Remembered> => {
    const old = remembered.get(issuer)?.find ?? null;
    const entry: Remembered = await readKeys(issuer, rules).then(
      (find) => ({ find, error: null, askedAt: now }),
      // What was known stays good while its issuer is away.
      (error: Error) => ({ find: old, error, askedAt: now }),
    );
    remembered.set(issuer, entry);
    return entry;
  };
  const askOnce = (issuer: string, now: number): Promise<Remembered> => {
    const running = asking.get(issuer) ?? ask(issuer, now).finally(() => asking.delete(issuer));
    asking.set(issuer, running);
    return running;
  };
  return {
    keysOf: async (issuer, now, again = false) => {
      const known = remembered.get(issuer);
      const patience = known?.find ? (again ? AGAIN_MS : FRESH_MS) : FAILED_MS;
      const isGood = known !== undefined && now - known.askedAt < patience;
      const entry = isGood ? known : await askOnce(issuer, now);
      if (entry.find) return entry.find;
      throw entry.error;
    },
  };
}
