import { decodeJwt, errors, type JWTPayload, jwtVerify } from "jose";
import { dateOf } from "../../../../platform/clock/index.ts";
import type { Database } from "../../../../platform/database/index.ts";
import { messageOf, Refusal } from "../../../../platform/errors/index.ts";
import type { OutsideRules } from "../../../../platform/http/index.ts";
import type { Stranger, WayIn } from "../../../../platform/server/index.ts";
import type { Actor, CiRun } from "../../../../vocabulary/actor.ts";
import { type IssuerKeys, issuerKeys } from "./issuer-keys.ts";
import { judgeClaims, type RunClaims, readClaims } from "./judge-claims.ts";
import { findHeads, findTrusts, insertUsedToken, type TrustRow } from "./trust-store.ts";

/** Three parts in base64url: JWS Compact Serialization (RFC 7515 §7.1). */
const JWT = /^Bearer ([\w-]{4,16384}\.[\w-]{2,16384}\.[\w-]{0,2048})$/i;
/** What the forges sign with; never `none`, and never a secret that everybody knows. */
const ALGORITHMS = ["RS256", "ES256"];
const SKEW_S = 30;
/** The longest that a token may live: GitHub's live for minutes, GitLab's as long as the job's time limit. */
const MAX_AGE = "24h";
const ABOUT_PULLS = new Set(["pull_request", "pull_request_target", "merge_request_event"]);

function refuse(why: string): Refusal {
  return new Refusal("TOKEN_INVALID", `the OpenID token ${why}`, {
    hint: "what is trusted: growth-engine forge trust list",
  });
}

/** What the token says before anybody has looked whether it is true: whom to ask, and about what. */
function unverified(token: string): JWTPayload {
  try {
    return decodeJwt(token);
  } catch (error) {
    throw refuse(`cannot be read: ${messageOf(error)}`);
  }
}

async function verify(
  keys: IssuerKeys,
  token: string,
  issuer: string,
  audiences: string[],
  now: number,
): Promise<JWTPayload> {
  const options = {
    issuer,
    audience: audiences,
    algorithms: ALGORITHMS,
    clockTolerance: SKEW_S,
    maxTokenAge: MAX_AGE,
    requiredClaims: ["exp", "iat", "jti", "sub"],
    currentDate: dateOf(now),
  };
  try {
    return (await jwtVerify(token, await keys.keysOf(issuer, now), options)).payload;
  } catch (error) {
    if (!(error instanceof errors.JWKSNoMatchingKey)) throw error;
    return (await jwtVerify(token, await keys.keysOf(issuer, now, true), options)).payload;
  }
}

async function checked(...given: Parameters<typeof verify>): Promise<JWTPayload> {
  try {
    return await verify(...given);
  } catch (error) {
    if (error instanceof errors.JOSEError) throw refuse(`is not good: ${error.message}`);
    throw error;
  }
}

/** The trust that covers a run; of several fleets the one that the call names. */
function choose(
  trusts: readonly TrustRow[],
  claims: JWTPayload,
  fleet: string | undefined,
): [TrustRow, RunClaims] {
  const audiences = [claims.aud ?? []].flat();
  const meant = trusts.filter(
    (trust) => audiences.includes(trust.audience) && (fleet === undefined || trust.fleet.name === fleet),
  );
  const judged = meant.map((trust) => {
    const run = readClaims(trust.forge, claims);
    return { trust, run, why: judgeClaims(run, trust) };
  });
  const good = judged.filter(({ why }) => why === null);
  const [first] = good;
  if (!first) throw refuse(judged[0]?.why ?? "is made for another server, or another fleet");
  if (good.some(({ trust }) => trust.fleet.id !== first.trust.fleet.id))
    throw new Refusal("INPUT_INVALID", "several fleets trust this workflow", {
      hint: "name one: --fleet <fleet>",
    });
  return [first.trust, first.run];
}

/** The commits that the run may speak of: its own; of a run about a pull request, the heads that the forge told of. */
async function commitsOf(
  database: Database,
  { fleet, repository }: TrustRow,
  run: RunClaims,
): Promise<CiRun["commits"]> {
  const own = { head: run.sha, pull: null };
  if (!ABOUT_PULLS.has(run.event)) return [own];
  if (run.pull === null && run.headRef === null)
    throw refuse("does not say which pull request its run is about");
  const heads = await database.inServer((transaction) => findHeads(transaction, fleet.id, repository, run));
  const isTheBase = run.event === "pull_request_target";
  const told = heads.filter(({ from_fork: isFork }) => isTheBase || !isFork);
  if (told.length === 0) {
    throw refuse(
      heads.length > 0
        ? "is of a fork's pull request, whose workflow is the fork's own"
        : "is of a pull request that the forge has not told of",
    );
  }
  return told.map(({ head, pull }) => ({ head, pull }));
}

async function open(
  database: Database,
  keys: IssuerKeys,
  token: string,
  { headers, now }: Stranger,
): Promise<Actor> {
  const said = unverified(token);
  const issuer = typeof said.iss === "string" ? said.iss.slice(0, 500) : "";
  const id = String(said.repository_id ?? said.project_id ?? "").slice(0, 40);
  const trusts = await database.inServer((transaction) => findTrusts(transaction, issuer, id));
  if (trusts.length === 0) throw refuse("is of a repository or an issuer that no fleet trusts");
  const audiences = [...new Set(trusts.map(({ audience }) => audience))];
  const claims = await checked(keys, token, issuer, audiences, now);
  const [trust, run] = choose(trusts, claims, headers["growth-engine-fleet"]);
  const commits = await commitsOf(database, trust, run);
  const used = {
    fleet: trust.fleet.id,
    issuer,
    jti: String(claims.jti).slice(0, 500),
    call: headers["idempotency-key"] ?? null,
    expires: ((claims.exp ?? 0) + SKEW_S) * 1_000,
  };
  if (!(await database.inServer((transaction) => insertUsedToken(transaction, used))))
    throw new Refusal("TOKEN_REPLAYED", "the OpenID token was used before", {
      hint: "ask the runner for another",
    });
  const workflow = run.files.at(-1) ?? "";
  return {
    role: "ci",
    token: workflow,
    fleet: trust.fleet,
    home: trust.fleet.id,
    agent: null,
    run: { repository: trust.repository, commits, workflow },
  };
}

/** The way in by the OpenID token of a CI run: JWKS of the issuers that fleets trust, and nobody else's. */
export function openIdWayIn(database: Database, rules: OutsideRules): WayIn {
  const keys = issuerKeys(rules);
  const tokenOf = ({ headers }: Stranger): string | null =>
    JWT.exec(headers.authorization ?? "")?.[1] ?? null;
  return {
    knock: (stranger) => (tokenOf(stranger) === null ? null : "openid"),
    open: (stranger) => open(database, keys, tokenOf(stranger) ?? "", stranger),
  };
}
