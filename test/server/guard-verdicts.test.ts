import { readFileSync } from "node:fs";
import { Ajv2020 } from "ajv/dist/2020.js";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { addRepository } from "../../src/features/fleet/contract.ts";
import * as guard from "../../src/features/guard/live/contract.ts";
import { type ControlPlane, startControlPlane } from "../harness/control-plane.ts";
import { hostileVerdict, SAMPLE_VERDICT } from "../harness/sample-verdict.ts";

const HEAD = SAMPLE_VERDICT.head;
const MINUTE = 60_000;

/** A verdict over a commit with one guard that answers this. */
const verdictOver = (head: string, answer: "pass" | "fail" | "error", summary = "Said.") => ({
  ...SAMPLE_VERDICT,
  head,
  verdict: answer,
  guards: [
    {
      guard: "dev-mcp-ban",
      verdict: answer,
      summary,
      findings:
        answer === "fail"
          ? [{ rule: "ban/import", level: "block" as const, message: "x", file: "a.ts" }]
          : [],
    },
  ],
});

describe("kept verdicts", () => {
  let plane: ControlPlane;
  beforeAll(async () => {
    plane = await startControlPlane();
    for (const name of ["org/shop", "org/till", "org/rates"])
      await plane.admin<typeof addRepository>("POST /api/v1/fleet/repository", { body: { name } });
  });
  afterAll(() => plane.close());

  const publish = (body: Parameters<typeof plane.admin<typeof guard.publishVerdict>>[1] & object) =>
    plane.admin<typeof guard.publishVerdict>("POST /api/v1/guard", body);
  const list = async (query: object) =>
    (await plane.admin<typeof guard.listVerdicts>("GET /api/v1/guard", { query })).body.items;

  it("are told once, however often they are published, and say whose word they are", async () => {
    const agent = plane.as(await plane.token("agent", { agent: "ada" }));
    const body = { repository: "org/shop", pull: 7, verdict: SAMPLE_VERDICT };
    const [first, again] = [
      await agent<typeof guard.publishVerdict>("POST /api/v1/guard", { body }),
      await publish({ body }),
    ];
    expect(first).toMatchObject({
      status: 200,
      body: {
        trust: "claimed",
        brought_by: "agent:ada",
        repeated: false,
        verdict: "fail",
        guards: { "guard-mcp": "fail", "idle-guard": "not-applicable", "dev-mcp-ban": "fail" },
      },
    });
    expect(again.body).toEqual({ ...first.body, repeated: true });
    expect(await list({ repository: "org/shop", head: HEAD })).toHaveLength(1);
  });

  it("are kept once also when they come at the same time", async () => {
    const body = { repository: "org/shop", verdict: verdictOver("c".repeat(40), "pass") };
    const answers = await Promise.all(Array.from({ length: 12 }, () => publish({ body })));
    expect(answers.filter((answer) => answer.body.repeated === false)).toHaveLength(1);
    expect(new Set(answers.map((answer) => answer.body.id)).size).toBe(1);
  });

  it("are shown whole", async () => {
    const [kept] = await list({ head: HEAD });
    const { body } = await plane.admin<typeof guard.showVerdict>("GET /api/v1/guard/verdict/:verdict", {
      params: { verdict: kept?.id },
    });
    expect(body.report).toEqual(SAMPLE_VERDICT);
    const missing = await plane.admin<typeof guard.showVerdict>("GET /api/v1/guard/verdict/:verdict", {
      params: { verdict: 999_999 },
    });
    expect(missing).toMatchObject({ status: 404, body: { code: "GUARD_VERDICT_UNKNOWN" } });
  });

  it("are found by repository, pull request, commit, guard, answer and time", async () => {
    await publish({
      body: { repository: "org/till", pull: 3, verdict: verdictOver("a".repeat(40), "pass") },
    });
    const found = async (query: object) =>
      (await list(query)).map(({ repository, head }) => [repository, head[0]]);
    expect(await found({ repository: "org/till" })).toEqual([["org/till", "a"]]);
    expect(await found({ pull: "3" })).toEqual([["org/till", "a"]]);
    expect(await found({ guard: "idle-guard" })).toEqual([["org/shop", "9"]]);
    expect(await found({ guard: "dev-mcp-ban", verdict: "fail" })).toEqual([["org/shop", "9"]]);
    expect(await found({ verdict: "fail" })).toEqual([["org/shop", "9"]]);
    expect(await found({ attested: "true" })).toEqual([]);
    expect(await found({ since: "2100-01-01T00:00:00Z" })).toEqual([]);
  });

  it("belong to a repository that the fleet has", async () => {
    const body = { repository: "org/nowhere", verdict: SAMPLE_VERDICT };
    expect(await publish({ body })).toMatchObject({ status: 404, body: { code: "REPOSITORY_UNKNOWN" } });
  });

  it("are not published by viewers", async () => {
    const viewer = plane.as(await plane.token("viewer"));
    const body = { repository: "org/shop", verdict: SAMPLE_VERDICT };
    expect(await viewer<typeof guard.publishVerdict>("POST /api/v1/guard", { body })).toMatchObject({
      status: 403,
    });
  });

  it("are kept whatever the repository that they quote holds", async () => {
    const verdict = verdictOver("d".repeat(40), "fail", "a \u0000 and half a character \ud800");
    const { status, body } = await publish({ body: { repository: "org/shop", verdict } });
    expect([status, body.blocking]).toEqual([200, 1]);
  });

  it("make rates: passes by guard, rules found most, and how long failures lasted", async () => {
    const tell = (pull: number, head: string, answer: "pass" | "fail" | "error") =>
      publish({ body: { repository: "org/rates", pull, verdict: verdictOver(head.repeat(40), answer) } });
    await tell(1, "1", "fail");
    plane.clock.advance(10 * MINUTE);
    await tell(1, "2", "fail");
    await tell(1, "3", "error");
    plane.clock.advance(20 * MINUTE);
    await tell(1, "4", "pass");
    await tell(2, "5", "fail");
    await tell(3, "6", "pass");
    const { body } = await plane.admin<typeof guard.showRates>("GET /api/v1/guard/rates", {
      query: { repository: "org/rates" },
    });
    expect(body).toMatchObject({
      verdicts: 6,
      attested: 0,
      guards: [{ guard: "dev-mcp-ban", passed: 2, failed: 3, errors: 1, share: 2 / 6 }],
      rules: [{ rule: "ban/import", level: "block", findings: 3, verdicts: 3 }],
      resolution: { resolved: 1, open: 1 },
    });
    expect(Math.round((body.resolution.median_seconds ?? 0) / 60)).toBe(30);
  });
});

describe("the published schema of a verdict", () => {
  const published = new Ajv2020({ strict: false }).compile(
    JSON.parse(readFileSync(new URL("../../schema/verdict.schema.json", import.meta.url), "utf8")),
  );

  it("and the endpoint take the same verdicts", () => {
    fc.assert(
      fc.property(hostileVerdict, ({ guards, ...rest }) => {
        // A guard answers once, and a revision has a name: no schema can say the first, and git the second.
        const { head, base, rules } = rest;
        const once = guards.filter(
          ({ guard: name }, at) => guards.findIndex((one) => one.guard === name) === at,
        );
        const verdict = {
          ...rest,
          head: head || "HEAD",
          base: base || null,
          rules: rules || null,
          guards: once,
        };
        expect(published(verdict)).toBe(true);
        expect(guard.PublishedVerdict.safeParse(JSON.parse(JSON.stringify(verdict))).success).toBe(true);
      }),
    );
  });

  it.each([
    { ...SAMPLE_VERDICT, schema: "growth-engine/verdict@2" },
    { ...SAMPLE_VERDICT, verdict: "not-applicable" },
    { ...SAMPLE_VERDICT, head: null },
    { ...SAMPLE_VERDICT, guards: [] },
    { ...SAMPLE_VERDICT, guards: [{ guard: "x" }] },
    {
      ...SAMPLE_VERDICT,
      guards: [{ ...SAMPLE_VERDICT.guards[0], findings: [{ rule: "x", level: "block", message: "" }] }],
    },
    { ...SAMPLE_VERDICT, uncounted: [] },
    null,
    [],
  ])("and the endpoint refuse the same: %j", (broken) => {
    expect(published(broken)).toBe(false);
    expect(guard.PublishedVerdict.safeParse(broken).success).toBe(false);
  });
});
