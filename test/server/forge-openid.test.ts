import type { JWTPayload } from "jose";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { addRepository } from "../../src/features/fleet/contract.ts";
import type * as forge from "../../src/features/forge/live/contract.ts";
import type { publishVerdict } from "../../src/features/guard/live/contract.ts";
import { type ControlPlane, startControlPlane } from "../harness/control-plane.ts";
import { SAMPLE_VERDICT } from "../harness/sample-verdict.ts";
import { type SmallIssuer, smallIssuer } from "../harness/small-issuer.ts";

const AUDIENCE = "https://ge.example.com";
const HEAD = SAMPLE_VERDICT.head;
const FILE = "org/shop/.github/workflows/growth-engine.yml";
/** As docs.github.com "OpenID Connect reference" shows a token. */
const CLAIMS: JWTPayload = {
  sub: "repo:org/shop:ref:refs/heads/main",
  aud: AUDIENCE,
  repository: "org/shop",
  repository_id: "74",
  repository_owner: "org",
  sha: HEAD,
  ref: "refs/heads/main",
  event_name: "push",
  workflow_ref: `${FILE}@refs/heads/main`,
  job_workflow_ref: `${FILE}@refs/heads/main`,
  run_id: "11",
};
const MINUTE = 60_000;

describe("the OpenID token of a CI run", () => {
  let plane: ControlPlane;
  let issuer: SmallIssuer;
  beforeAll(async () => {
    issuer = await smallIssuer();
    plane = await startControlPlane({ privateHosts: [issuer.host] });
    for (const name of ["org/shop", "org/other"])
      await plane.admin<typeof addRepository>("POST /api/v1/fleet/repository", { body: { name } });
    await trust({});
  });
  afterAll(async () => {
    await plane.close();
    issuer.close();
  });

  const trust = (words: object) =>
    plane.admin<typeof forge.addTrust>("POST /api/v1/forge/trust", {
      body: {
        repository: "org/shop",
        issuer: issuer.url,
        audience: AUDIENCE,
        forge_id: "74",
        workflow: ".github/workflows/growth-engine.yml",
        ...words,
      },
    });
  const token = (claims: Record<string, unknown> = {}, options = {}) =>
    issuer.token({ ...CLAIMS, ...claims }, { now: plane.clock.now(), ...options });
  const publish = (bearer: string, body: object = {}, headers: Record<string, string> = {}) =>
    plane.as(bearer)<typeof publishVerdict>("POST /api/v1/guard", {
      body: { repository: "org/shop", verdict: SAMPLE_VERDICT, ...body },
      headers,
    });
  const refused = async (bearer: string) => {
    const { status, body } = await publish(bearer);
    return `${status} ${body.code}: ${body.detail}`;
  };

  it("publishes verdicts, which say that trusted CI brought them", async () => {
    const claimed = await plane.admin<typeof publishVerdict>("POST /api/v1/guard", {
      body: { repository: "org/shop", verdict: SAMPLE_VERDICT },
    });
    expect(claimed.body.trust).toBe("claimed");
    expect(await publish(await token())).toMatchObject({
      status: 200,
      body: {
        id: claimed.body.id,
        repeated: true,
        trust: "ci",
        brought_by: `ci:${FILE}@refs/heads/main`,
        workflow: `${FILE}@refs/heads/main`,
      },
    });
    const again = await plane.admin<typeof publishVerdict>("POST /api/v1/guard", {
      body: { repository: "org/shop", verdict: SAMPLE_VERDICT },
    });
    expect(again.body.trust).toBe("ci");
  });

  it("does nothing else", async () => {
    const ask = plane.as(await token());
    expect((await ask("GET /api/v1/guard")).status).toBe(401);
    expect((await ask("POST /api/v1/agent", { body: { name: "x" } })).status).toBe(401);
  });

  it("speaks of its own repository and commit alone", async () => {
    expect(await publish(await token(), { repository: "org/other" })).toMatchObject({ status: 403 });
    const verdict = { ...SAMPLE_VERDICT, head: "b".repeat(40) };
    expect(await publish(await token(), { verdict })).toMatchObject({
      status: 403,
      body: { code: "TOKEN_ROLE" },
    });
  });

  it.each<[string, Record<string, unknown>, RegExp]>([
    ["another repository", { repository: "org/evil", repository_id: "75" }, /no fleet trusts/],
    ["a repository that took the name", { repository_id: "76" }, /no fleet trusts/],
    ["a repository that took the number", { repository: "evil/shop" }, /is of the repository evil/],
    ["another issuer", { iss: "https://token.evil.example" }, /no fleet trusts/],
    ["another audience", { aud: "https://other.example.com" }, /aud/],
    ["no audience", { aud: undefined }, /aud/],
    [
      "another workflow",
      { workflow_ref: "org/shop/.github/workflows/x.yml@refs/heads/main", job_workflow_ref: undefined },
      /its workflow is/,
    ],
    [
      "a workflow of a branch",
      { workflow_ref: `${FILE}@refs/heads/feature`, job_workflow_ref: `${FILE}@refs/heads/feature` },
      /is of refs\/heads\/feature/,
    ],
    [
      "a branch's workflow that calls the trusted one",
      { workflow_ref: "org/shop/.github/workflows/x.yml@refs/heads/feature" },
      /is of refs\/heads\/feature/,
    ],
    [
      "another's workflow of the same path",
      {
        workflow_ref: "evil/shop/.github/workflows/growth-engine.yml@refs/heads/main",
        job_workflow_ref: undefined,
      },
      /its workflow is evil/,
    ],
    ["an event on somebody's word", { event_name: "issue_comment" }, /judges no commit/],
    ["no commit", { sha: "main" }, /names no commit/],
    ["no name of its own", { jti: undefined }, /jti/],
    ["no end", { exp: undefined }, /exp/],
    ["an end that has come", { exp: 1_700_000_000 }, /exp/],
    ["a beginning that has not", { nbf: 4_000_000_000 }, /nbf/],
    ["a date to come", { iat: 4_000_000_000 }, /iat/],
  ])("is refused when it has %s", async (_, claims, why) => {
    const said = await refused(await token(claims));
    expect(said).toMatch(/^401 TOKEN_INVALID/);
    expect(said).toMatch(why);
  });

  it("is refused unsigned, signed with what everybody knows, or with another key", async () => {
    const good = await token();
    const [, payload = ""] = good.split(".");
    const header = (words: object) => Buffer.from(JSON.stringify(words)).toString("base64url");
    expect(await refused(`${header({ alg: "none" })}.${payload}.`)).toMatch(/^401 TOKEN_INVALID/);
    const secret = new TextEncoder().encode(await issuer.publicKey());
    expect(await refused(await token({}, { alg: "HS256", key: secret }))).toMatch(/^401 TOKEN_INVALID/);
    const stranger = await smallIssuer();
    const foreign = await stranger.token({ ...CLAIMS, iss: issuer.url }, { now: plane.clock.now() });
    stranger.close();
    expect(await refused(foreign)).toMatch(/^401 TOKEN_INVALID/);
    expect(await refused(`${good.slice(0, -8)}AAAAAAAA`)).toMatch(/^401 TOKEN_INVALID/);
    expect(await refused(`${header({ alg: "RS256" })}.${header({ iss: [] })}.x`)).toMatch(
      /^401 TOKEN_INVALID/,
    );
    expect(await refused("a.b.c")).toMatch(/^4(01|29)/);
  });

  it("is used for one call", async () => {
    const once = await token();
    const named = { "idempotency-key": "call-1" };
    expect((await publish(once, {}, named)).status).toBe(200);
    expect((await publish(once, {}, named)).status).toBe(200);
    expect(await publish(once, {}, { "idempotency-key": "call-2" })).toMatchObject({
      status: 401,
      body: { code: "TOKEN_REPLAYED" },
    });
    expect((await publish(once)).body.code).toBe("TOKEN_REPLAYED");
    const unnamed = await token();
    expect((await publish(unnamed)).status).toBe(200);
    expect((await publish(unnamed)).body.code).toBe("TOKEN_REPLAYED");
  });

  it("may be signed with a key that is new; a flood of unknown keys asks once a minute", async () => {
    plane.clock.advance(2 * MINUTE);
    const before = issuer.asked();
    for (let tries = 0; tries < 10; tries += 1)
      expect(await refused(await token({}, { kid: `none-${tries}` }))).toMatch(/^401|^429/);
    expect(issuer.asked() - before).toBe(1);
    await issuer.rotate();
    plane.clock.advance(2 * MINUTE);
    expect((await publish(await token())).status).toBe(200);
  });

  it("of a run about a pull request speaks of heads that the forge told of, and not for a fork", async () => {
    const insert = (pull: number, isFork: boolean, head: string) =>
      plane.query(
        `with f as (select fleet_id from fleet_fleets where name = 'default'), p as (
           insert into forge_pulls (fleet_id, repository, pull, title, body, author, state, is_draft, head, head_ref, base_ref,
             from_fork, url, opened_at, updated_at)
           select fleet_id, 'org/shop', $1, 't', '', 'a', 'open', false, $3, 'topic', 'main', $2, 'u', now(), now() from f)
         insert into forge_heads select fleet_id, 'org/shop', $1, $3, now() from f`,
        [pull, isFork, head],
      );
    const verdict = (head: string) => ({ verdict: { ...SAMPLE_VERDICT, head } });
    const own = {
      event_name: "pull_request",
      ref: "refs/pull/7/merge",
      sha: "1".repeat(40),
      head_ref: "topic",
      base_ref: "main",
    };
    expect(await refused(await token(own))).toMatch(/has not told of/);
    await insert(7, false, "7".repeat(40));
    await insert(8, true, "8".repeat(40));
    expect(await publish(await token(own), verdict("7".repeat(40)))).toMatchObject({
      status: 200,
      body: { pull: 7, trust: "ci" },
    });
    expect(await publish(await token(own), verdict("8".repeat(40)))).toMatchObject({ status: 403 });
    expect(await refused(await token({ ...own, ref: "refs/pull/8/merge" }))).toMatch(
      /is of a fork's pull request/,
    );
    // GitHub takes the workflow of this event from the base, also for a fork.
    const target = { ...own, event_name: "pull_request_target", ref: "refs/heads/main" };
    expect(await publish(await token(target), { ...verdict("8".repeat(40)), pull: 8 })).toMatchObject({
      status: 200,
      body: { pull: 8 },
    });
    expect(await refused(await token({ ...target, head_ref: undefined }))).toMatch(/which pull request/);
  });

  it("of GitLab is judged by the same rules", async () => {
    await trust({
      forge: "gitlab",
      forge_id: "20",
      forge_name: "group/sub/shop",
      workflow: ".gitlab-ci.yml",
    });
    // As docs.gitlab.com "OpenID Connect (OIDC) Authentication Using ID Tokens" shows one.
    const claims = {
      sub: "project_path:group/sub/shop:ref_type:branch:ref:main",
      aud: AUDIENCE,
      project_id: "20",
      project_path: "group/sub/shop",
      ref: "main",
      ref_type: "branch",
      ref_path: "refs/heads/main",
      sha: HEAD,
      pipeline_source: "push",
      ci_config_ref_uri: "gitlab.example.com/group/sub/shop//.gitlab-ci.yml@refs/heads/main",
    };
    const gitlab = (words: object) => issuer.token({ ...claims, ...words }, { now: plane.clock.now() });
    expect(await publish(await gitlab({}))).toMatchObject({ status: 200, body: { trust: "ci" } });
    expect(
      await refused(
        await gitlab({ ci_config_ref_uri: "gitlab.example.com/evil/ci//.gitlab-ci.yml@refs/heads/main" }),
      ),
    ).toMatch(/its workflow is evil/);
    expect(
      await refused(
        await gitlab({
          ci_config_ref_uri: "gitlab.example.com/group/sub/shop//.gitlab-ci.yml@refs/merge-requests/1/head",
        }),
      ),
    ).toMatch(/is trusted/);
    expect(await refused(await gitlab({ project_path: "fork/shop" }))).toMatch(/is of the repository fork/);
  });

  it("is believed no longer than its workflow is", async () => {
    const ends = await token();
    const { body } = await plane.admin<typeof forge.listTrusts>("GET /api/v1/forge/trust");
    for (const { id } of body.items)
      await plane.admin<typeof forge.removeTrust>("POST /api/v1/forge/trust/:trust/remove", {
        params: { trust: id },
      });
    expect(await refused(ends)).toMatch(/no fleet trusts/);
  });
});
