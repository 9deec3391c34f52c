import { createHmac, randomUUID } from "node:crypto";
import examples from "@octokit/webhooks-examples" with { type: "json" };
import { sign } from "@octokit/webhooks-methods";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { addRepository } from "../../src/features/fleet/contract.ts";
import type * as forge from "../../src/features/forge/live/contract.ts";
import type { publishVerdict } from "../../src/features/guard/live/contract.ts";
import { type ControlPlane, startControlPlane } from "../harness/control-plane.ts";
import { SAMPLE_VERDICT } from "../harness/sample-verdict.ts";

type Json = Record<string, unknown>;

/** The repository of GitHub's published examples. */
const REPOSITORY = "Codertocat/Hello-World";
const published = (name: string): Json[] =>
  (examples as unknown as { name: string; examples: Json[] }[]).find((one) => one.name === name)?.examples ??
  [];
const first = (name: string, action?: string): Json =>
  published(name).find((one) => action === undefined || one.action === action) as Json;
/** An example with other words in it, as deep as they go. */
const changed = (value: Json, words: Json): Json => ({
  ...value,
  ...Object.fromEntries(
    Object.entries(words).map(([key, word]) => [
      key,
      typeof word === "object" && word !== null && !Array.isArray(word)
        ? changed((value[key] ?? {}) as Json, word as Json)
        : word,
    ]),
  ),
});

describe("webhooks", () => {
  let plane: ControlPlane;
  let github: forge.NewHook;
  let gitlab: forge.NewHook;
  beforeAll(async () => {
    plane = await startControlPlane();
    for (const name of [REPOSITORY, "shop"])
      await plane.admin<typeof addRepository>("POST /api/v1/fleet/repository", { body: { name } });
    github = await hook({ forge: "github" });
    gitlab = await hook({ forge: "gitlab", repository: "shop", forge_name: "group/sub/shop" });
  });
  afterAll(() => plane.close());

  const hook = async (
    body: Parameters<typeof plane.admin<typeof forge.addHook>>[1] extends infer C
      ? C extends { body?: infer B }
        ? B
        : never
      : never,
  ) => (await plane.admin<typeof forge.addHook>("POST /api/v1/forge/hook", { body })).body;
  const post = async (path: string, body: string, headers: Record<string, string>) => {
    const response = await fetch(`${plane.url}${path}`, {
      method: "POST",
      headers: { "content-type": "application/json", ...headers },
      body,
    });
    return { status: response.status, body: (await response.json()) as Json };
  };
  const tell = async (
    event: string,
    payload: unknown,
    { delivery = randomUUID() as string, secret = github.secret } = {},
  ) => {
    const body = JSON.stringify(payload);
    // GitHub's own library signs, so that both sides are not ours.
    const headers = {
      "x-github-event": event,
      "x-github-delivery": delivery,
      "x-hub-signature-256": await sign(secret, body),
    };
    return post(github.path, body, headers);
  };
  const pulls = async (query: object = {}) =>
    (await plane.admin<typeof forge.listPulls>("GET /api/v1/forge/pull", { query })).body.items;
  const runs = async (query: object = {}) =>
    (await plane.admin<typeof forge.listRuns>("GET /api/v1/forge/run", { query })).body.items;
  const pull = (number: number, words: Json = {}, action = "opened") =>
    changed(first("pull_request", "opened"), {
      action,
      number,
      pull_request: { number, ...words },
    });

  it.each([
    "pull_request",
    "pull_request_review",
    "push",
    "check_run",
    "check_suite",
    "workflow_run",
    "workflow_job",
    "status",
  ])("take every published example of GitHub's %s", async (name) => {
    const said = await Promise.all(published(name).map((example) => tell(name, example)));
    expect(said.length).toBeGreaterThan(0);
    expect(said.filter(({ status }) => status !== 200 && status !== 202)).toEqual([]);
    expect(said.some(({ body }) => body.outcome !== "unknown")).toBe(true);
  });

  it("take every other published example, and say that they are not read", async () => {
    const names = (examples as unknown as { name: string }[]).map(({ name }) => name);
    const read =
      /^(pull_request|pull_request_review|push|check_run|check_suite|workflow_run|workflow_job|status)$/;
    for (const name of names.filter((one) => !read.test(one)))
      expect([name, (await tell(name, first(name))).status]).toEqual([name, 202]);
    const { body } = await plane.admin<typeof forge.listHooks>("GET /api/v1/forge/hook");
    expect(body.items.find(({ id }) => id === github.id)?.unknown).toBeGreaterThan(20);
  });

  it("tell a pull request from its opening to its merge", async () => {
    const opened = {
      updated_at: "2026-01-05T10:00:00Z",
      head: { sha: "a".repeat(40) },
      base: { sha: "b".repeat(40) },
    };
    expect(await tell("pull_request", pull(101, opened))).toMatchObject({
      status: 200,
      body: { outcome: "kept" },
    });
    expect(await pulls({ pull: "101" })).toMatchObject([
      { repository: REPOSITORY, state: "open", head: "a".repeat(40), verdict: null, approvals: 0 },
    ]);
    const review = changed(first("pull_request_review"), {
      action: "submitted",
      review: { id: 5, state: "approved" },
      pull_request: { ...opened, number: 101 },
    });
    await tell("pull_request_review", review);
    const merged = {
      ...opened,
      state: "closed",
      merged: true,
      merged_at: "2026-01-05T11:00:00Z",
      updated_at: "2026-01-05T11:00:00Z",
      merge_commit_sha: "c".repeat(40),
    };
    await tell("pull_request", pull(101, merged, "closed"));
    expect(await pulls({ pull: "101" })).toMatchObject([
      { state: "merged", approvals: 1, merged_at: "2026-01-05T11:00:00.000Z" },
    ]);
  });

  it("name what was merged without a passing verdict of anybody but its author", async () => {
    const without = async () =>
      (await pulls({ state: "merged", without_verdict: "true" })).map(({ pull: number }) => number);
    expect(await without()).toContain(101);
    const verdict = { ...SAMPLE_VERDICT, head: "a".repeat(40), verdict: "pass" as const };
    await plane.admin<typeof publishVerdict>("POST /api/v1/guard", {
      body: { repository: REPOSITORY, pull: 101, verdict },
    });
    expect(await without()).toContain(101);
    await plane.query("update guard_verdicts set trust = 'ci' where head = $1", ["a".repeat(40)]);
    expect(await without()).not.toContain(101);
  });

  it("change nothing when they are brought again, with the same name or the same words", async () => {
    const event = pull(102, { updated_at: "2026-02-01T10:00:00Z" });
    const delivery = randomUUID();
    const answers = await Promise.all([1, 2, 3, 4].map(() => tell("pull_request", event, { delivery })));
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 200]);
    expect(answers.filter(({ body }) => body.outcome === "seen")).toHaveLength(3);
    // The name of a delivery is under no signature: whoever listened may send the body again under another.
    expect(await tell("pull_request", event)).toMatchObject({ status: 200, body: { outcome: "seen" } });
  });

  it("may come in any order: an older event never overwrites a newer state", async () => {
    const later = { state: "closed", merged_at: "2026-03-01T12:00:00Z", updated_at: "2026-03-01T12:00:00Z" };
    await tell("pull_request", pull(103, later, "closed"));
    const earlier = pull(103, {
      title: "as it was",
      updated_at: "2026-03-01T11:00:00Z",
      head: { sha: "d".repeat(40) },
    });
    expect(await tell("pull_request", earlier)).toMatchObject({ status: 200, body: { outcome: "older" } });
    expect(await pulls({ pull: "103" })).toMatchObject([{ state: "merged" }]);
    const sameSecond = pull(103, { title: "edited", updated_at: "2026-03-01T12:00:00Z" }, "edited");
    expect(await tell("pull_request", sameSecond)).toMatchObject({ body: { outcome: "older" } });
    const job = (status: string, conclusion: string | null, completed: string | null) =>
      changed(first("workflow_job"), {
        repository: { full_name: REPOSITORY },
        workflow_job: {
          id: 77,
          name: "build",
          status,
          conclusion,
          started_at: "2026-03-01T12:00:00Z",
          completed_at: completed,
          steps: [
            { name: "Set up", conclusion: "success" },
            { name: "npm run build", conclusion },
          ],
        },
      });
    expect(await tell("workflow_job", job("completed", "failure", "2026-03-01T12:03:00Z"))).toMatchObject({
      body: { outcome: "kept" },
    });
    expect(await tell("workflow_job", job("in_progress", null, null))).toMatchObject({
      body: { outcome: "older" },
    });
    expect((await runs({ kind: "job" })).find(({ run }) => run === "77")).toMatchObject({
      status: "completed",
      conclusion: "failure",
      failed_step: "npm run build",
      seconds: 180,
    });
  });

  it("are refused when they are forged", async () => {
    const body = JSON.stringify(pull(104));
    const named = { "x-github-event": "pull_request", "x-github-delivery": randomUUID() };
    const good = await sign(github.secret, body);
    const wrong: Record<string, string>[] = [
      {},
      { "x-hub-signature-256": await sign("guess", body) },
      { "x-hub-signature-256": await sign(github.secret, `${body} `) },
      { "x-hub-signature-256": good.slice(0, -2) },
      { "x-hub-signature-256": good.toUpperCase() },
      { "x-hub-signature": `sha1=${createHmac("sha1", github.secret).update(body).digest("hex")}` },
      { "x-gitlab-token": github.secret },
    ];
    for (const headers of wrong)
      expect([headers, (await post(github.path, body, { ...named, ...headers })).status]).toEqual([
        headers,
        401,
      ]);
    const other = { ...named, "x-hub-signature-256": good };
    expect((await post(`/api/v1/forge/github/${randomUUID()}`, body, other)).status).toBe(401);
    expect((await post(gitlab.path.replace("gitlab", "github"), body, other)).status).toBe(401);
    expect(await pulls({ pull: "104" })).toEqual([]);
    const { body: audit } = await plane.admin("GET /api/v1/audit/server", {
      query: { action: "forge_github" } as never,
    });
    expect(JSON.stringify(audit)).toContain("TOKEN_INVALID");
  });

  it("are refused when they are signed and still no event", async () => {
    const signed = async (body: string, headers: Record<string, string> = {}) =>
      (
        await post(github.path, body, {
          "x-github-event": "pull_request",
          "x-github-delivery": randomUUID(),
          "x-hub-signature-256": await sign(github.secret, body),
          ...headers,
        })
      ).status;
    expect(await signed("{")).toBe(400);
    expect(await signed("null")).toBe(400);
    expect(await signed("[".repeat(100_000))).toBe(400);
    expect(
      await signed(JSON.stringify(changed(pull(105), { pull_request: { head: { sha: "not a commit" } } }))),
    ).toBe(400);
    expect(await signed(JSON.stringify(changed(pull(105), { pull_request: { number: 1e300 } })))).toBe(400);
    expect(await signed("{}", { "content-type": "application/x-www-form-urlencoded" })).toBe(415);
    expect(await signed(JSON.stringify({ x: "y".repeat(6 << 20) }))).toBe(413);
    expect(await signed(JSON.stringify(pull(105)), { "x-github-delivery": " " })).toBe(400);
    expect(await pulls({ pull: "105" })).toEqual([]);
  });

  it("keep hostile text, and no more of it than is of use", async () => {
    const event = pull(106, { title: `a\u0000b\ud800${"x".repeat(5_000)}`, body: "y".repeat(400_000) });
    expect((await tell("pull_request", event)).status).toBe(200);
    expect((await pulls({ pull: "106" }))[0]?.title).toHaveLength(1_000);
  });

  it("of another repository change nothing", async () => {
    const event = changed(pull(107), { repository: { full_name: "evil/other" } });
    expect(await tell("pull_request", event)).toMatchObject({ status: 202, body: { outcome: "ignored" } });
    expect(await pulls({ pull: "107" })).toEqual([]);
  });

  it("may rotate their secret without losing an event, and end", async () => {
    const rotate = await plane.admin<typeof forge.rotateHook>("POST /api/v1/forge/hook/:hook/rotate", {
      params: { hook: github.id },
      body: { hours: 1 },
    });
    const old = github.secret;
    expect(rotate.body.secret).not.toBe(old);
    github = rotate.body;
    expect((await tell("pull_request", pull(108), { secret: old })).status).toBe(200);
    expect((await tell("pull_request", pull(109))).status).toBe(200);
    plane.clock.advance(3_700_000);
    expect((await tell("pull_request", pull(110), { secret: old })).status).toBe(401);
    const listed = await plane.admin<typeof forge.listHooks>("GET /api/v1/forge/hook");
    expect(JSON.stringify(listed.body)).not.toContain("whsec_");
    await plane.query("select set_config('growth_engine.fleet', gen_random_uuid()::text, false)");
    await plane.query("set role growth_engine_fleet");
    await expect(plane.query("select secret from forge_hooks")).rejects.toThrow(/permission denied/);
    await plane.query("reset role");
    const spare = await hook({ forge: "github" });
    await plane.admin<typeof forge.removeHook>("POST /api/v1/forge/hook/:hook/remove", {
      params: { hook: spare.id },
    });
    const body = JSON.stringify(pull(111));
    const headers = {
      "x-github-event": "pull_request",
      "x-github-delivery": "1",
      "x-hub-signature-256": await sign(spare.secret, body),
    };
    expect((await post(spare.path, body, headers)).status).toBe(401);
  });

  describe("of GitLab", () => {
    const merge = (words: Json) => ({
      object_kind: "merge_request",
      user: { username: "ann" },
      project: { path_with_namespace: "group/sub/shop" },
      object_attributes: {
        iid: 9,
        title: "Sell more",
        description: "text",
        state: "opened",
        action: "open",
        source_branch: "topic",
        target_branch: "main",
        source_project_id: 20,
        target_project_id: 20,
        last_commit: { id: "e".repeat(40) },
        created_at: "2026-01-05 10:00:00 UTC",
        updated_at: "2026-01-05 10:00:00 UTC",
        url: "https://gitlab.example.com/group/sub/shop/-/merge_requests/9",
        ...words,
      },
    });
    const signed = (body: string, secret: string, at: number, id: string) => ({
      "webhook-id": id,
      "webhook-timestamp": `${at}`,
      "webhook-signature": `v1,${createHmac("sha256", Buffer.from(secret.slice(6), "base64"))
        .update(`${id}.${at}.${body}`)
        .digest("base64")}`,
    });
    const send = (
      payload: unknown,
      { by = "signature", id = randomUUID() as string, secret = gitlab.secret, late = 0 } = {},
    ) => {
      const body = JSON.stringify(payload);
      const at = Math.floor(plane.clock.now() / 1_000) - late;
      return post(
        gitlab.path,
        body,
        by === "token" ? { "x-gitlab-token": secret, "idempotency-key": id } : signed(body, secret, at, id),
      );
    };

    it("are taken with a signature, or with the token itself", async () => {
      expect(await send(merge({}))).toMatchObject({ status: 200, body: { outcome: "kept" } });
      const approved = merge({ action: "approved", updated_at: "2026-01-05 10:05:00 UTC" });
      expect(await send(approved, { by: "token" })).toMatchObject({ status: 200, body: { outcome: "kept" } });
      const merged = merge({
        action: "merge",
        state: "merged",
        updated_at: "2026-01-05 10:09:00 UTC",
        merge_commit_sha: "f".repeat(40),
      });
      expect(await send(merged)).toMatchObject({ status: 200 });
      expect(await pulls({ repository: "shop" })).toMatchObject([
        { pull: 9, state: "merged", author: "ann", approvals: 1 },
      ]);
    });

    it("are refused when they are late, forged or brought again", async () => {
      expect((await send(merge({ title: "1" }), { late: 400 })).status).toBe(401);
      expect((await send(merge({ title: "2" }), { secret: github.secret })).status).toBe(401);
      expect((await send(merge({ title: "3" }), { by: "token", secret: "guess" })).status).toBe(401);
      expect((await send(merge({ title: "4" }), { by: "token", secret: "" })).status).toBe(401);
      expect(await send(merge({}))).toMatchObject({ status: 200, body: { outcome: "seen" } });
    });

    it("tell pipelines and jobs, and why they failed", async () => {
      const project = { path_with_namespace: "group/sub/shop" };
      const pipeline = {
        id: 31,
        ref: "main",
        sha: "e".repeat(40),
        status: "failed",
        created_at: "2026-01-05 10:00:00 UTC",
        finished_at: "2026-01-05 10:04:00 UTC",
      };
      expect((await send({ object_kind: "pipeline", project, object_attributes: pipeline })).status).toBe(
        200,
      );
      const job = {
        object_kind: "build",
        project,
        build_id: 41,
        build_name: "guard",
        build_stage: "test",
        build_status: "failed",
        build_failure_reason: "job_execution_timeout",
        pipeline_id: 31,
        sha: "e".repeat(40),
        build_started_at: "2026-01-05 10:00:00 UTC",
        build_finished_at: "2026-01-05 10:04:00 UTC",
      };
      expect((await send(job)).status).toBe(200);
      expect(await runs({ repository: "shop" })).toMatchObject([
        { kind: "job", conclusion: "timed_out", failed_step: "test", seconds: 240 },
        { kind: "workflow", conclusion: "failure", seconds: 240 },
      ]);
      expect((await send({ object_kind: "wiki_page", project })).status).toBe(202);
    });
  });
});
