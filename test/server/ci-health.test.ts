import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { showHealth } from "../../src/features/ci/live/contract.ts";
import type { addRepository } from "../../src/features/fleet/contract.ts";
import { readGithub } from "../../src/features/forge/live/hook/read-github.ts";
import type { publishVerdict } from "../../src/features/guard/live/contract.ts";
import { type ControlPlane, startControlPlane } from "../harness/control-plane.ts";
import { SAMPLE_VERDICT } from "../harness/sample-verdict.ts";

const MINUTE = 60_000;
const DAY = 86_400_000;

describe("CI over time", () => {
  let plane: ControlPlane;
  let told = 0;
  beforeAll(async () => {
    plane = await startControlPlane();
    for (const name of ["org/shop", "org/checks"])
      await plane.admin<typeof addRepository>("POST /api/v1/fleet/repository", { body: { name } });
  });
  afterAll(() => plane.close());

  const at = (daysAgo: number, minutes = 0) =>
    new Date(plane.clock.now() - daysAgo * DAY + minutes * MINUTE).toISOString();
  /** Rows as the reader of GitHub's events makes them; how events become rows is another test's. */
  const insert = async (event: string, payload: object, repository = "org/shop") => {
    const facts = readGithub(event, {
      action: "completed",
      repository: { id: 1, full_name: repository },
      ...payload,
    });
    for (const run of facts?.runs ?? [])
      await plane.query(
        `insert into forge_runs (fleet_id, repository, kind, run, attempt, parent, name, workflow, head, status, conclusion,
           created_at, started_at, completed_at, updated_at, failed_step, says, rules)
         select fleet_id, $1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17
         from fleet_fleets where name = 'default'`,
        [
          repository,
          run.kind,
          run.run,
          run.attempt,
          run.parent,
          run.name,
          run.workflow,
          run.head,
          run.status,
          run.conclusion,
          run.createdAt,
          run.startedAt,
          run.completedAt,
          run.updatedAt,
          run.failedStep,
          run.says,
          run.rules,
        ],
      );
  };
  const head = () => (told++).toString(16).padStart(40, "0");
  const workflow = async (
    daysAgo: number,
    minutes: number,
    conclusion: string,
    sha = head(),
    name = "build",
  ) => {
    const id = told;
    await insert("workflow_run", {
      workflow_run: {
        id,
        name,
        head_sha: sha,
        status: "completed",
        conclusion,
        created_at: at(daysAgo),
        run_started_at: at(daysAgo),
        updated_at: at(daysAgo, minutes),
        run_attempt: 1,
      },
    });
    return { id, sha };
  };
  const job = (run: { id: number; sha: string }, daysAgo: number, name: string, step: string) =>
    insert("workflow_job", {
      workflow_job: {
        id: 10_000 + told++,
        run_id: run.id,
        name,
        workflow_name: "build",
        head_sha: run.sha,
        status: "completed",
        conclusion: "failure",
        started_at: at(daysAgo),
        completed_at: at(daysAgo, 1),
        steps: [{ name: step, conclusion: "failure" }],
      },
    });
  const health = async (query: object) =>
    (await plane.admin<typeof showHealth>("GET /api/v1/ci", { query })).body;

  it("says of nothing that it is nothing", async () => {
    expect(await health({})).toMatchObject({
      runs: 0,
      failed: 0,
      share: null,
      median_seconds: null,
      causes: [],
      workflows: [],
      weeks: [],
    });
  });

  it("counts runs, failures and time, and names causes by job and step", async () => {
    for (const minutes of [2, 4, 6, 60]) await workflow(2, minutes, "success");
    await workflow(2, 1, "cancelled");
    await workflow(9, 3, "timed_out", head(), "deploy");
    await workflow(2, 3, "skipped");
    for (const days of [1, 2]) await job(await workflow(days, 5, "failure"), days, "test", "npm test");
    const guarded = await workflow(3, 5, "failure");
    await job(guarded, 3, "guard-mcp", "Run ./.growth-engine");
    const built = await workflow(3, 5, "failure");
    await job(built, 3, "bundle", "npm run build");
    const finding = { rule: "ban/bundle" as const, level: "block" as const, message: "x" };
    const guards = [{ ...SAMPLE_VERDICT.guards[2], findings: [finding] }] as never;
    await plane.admin<typeof publishVerdict>("POST /api/v1/guard", {
      body: { repository: "org/shop", verdict: { ...SAMPLE_VERDICT, head: built.sha, guards } },
    });
    const answer = await health({ days: "30", repository: "org/shop" });
    expect(answer).toMatchObject({
      runs: 9,
      failed: 5,
      cancelled: 1,
      share: 5 / 9,
      guards: 1,
      plugin: 1,
      median_seconds: 300,
      p95_seconds: 3_600,
    });
    expect(answer.causes[0]).toMatchObject({
      name: "test",
      step: "npm test",
      conclusion: "failure",
      times: 2,
    });
    expect(answer.causes.map(({ name, conclusion }) => `${name} ${conclusion}`).sort()).toEqual([
      "bundle failure",
      "deploy timed_out",
      "guard-mcp failure",
      "test failure",
    ]);
    expect(answer.workflows).toMatchObject([
      { workflow: "build", runs: 8, failed: 4 },
      { workflow: "deploy", runs: 1, failed: 1, last: "timed_out" },
    ]);
    expect(answer.weeks.reduce((sum, { runs }) => sum + runs, 0)).toBe(9);
    expect(await health({ days: "5", repository: "org/shop" })).toMatchObject({ runs: 8 });
  });

  it("counts checks where the forge tells of no workflow, and finds the plugin's rules in their text", async () => {
    const check = (name: string, conclusion: string, text: string) =>
      insert(
        "check_run",
        {
          check_run: {
            id: told,
            name,
            head_sha: head(),
            status: "completed",
            conclusion,
            started_at: at(1),
            completed_at: at(1, 1),
            output: { title: "Build", summary: text },
          },
        },
        "org/checks",
      );
    await check("bundle", "failure", "[growth-engine] ban/import: app/a.ts reaches context7-mcp");
    await check("lint", "success", "fine");
    await check("lint", "failure", "see http://example.com/ban/nothing and fake/rule");
    const answer = await health({ repository: "org/checks" });
    expect(answer).toMatchObject({ runs: 3, failed: 2, plugin: 1, guards: 0 });
    expect(answer.causes.find(({ name }) => name === "bundle")?.rules).toEqual(["ban/import"]);
  });
});
