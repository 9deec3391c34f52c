import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { showHealth } from "../../src/features/health/contract.ts";
import { type ControlPlane, startControlPlane } from "../harness/control-plane.ts";

describe("the health of a control plane", () => {
  let plane: ControlPlane;
  beforeAll(async () => {
    plane = await startControlPlane();
  });
  afterAll(() => plane.close());

  const ask = (token?: string) =>
    (token === undefined ? plane.admin : plane.as(token))<typeof showHealth>("GET /api/v1/health");
  const check = async (name: string, token?: string) => {
    const { body } = await ask(token);
    return body.checks.find((one) => one.name === name);
  };

  it("is told to every role, check by check, with what was measured", async () => {
    await plane.query("update platform_jobs set ran_at = now()");
    for (const token of [
      await plane.token("manager"),
      await plane.token("viewer"),
      await plane.token("agent", { agent: "ada" }),
    ]) {
      const { status, body } = await ask(token);
      expect(status).toBe(200);
      // No disk of ours: the database is on a server of its own.
      expect(body.checks.map(({ name }) => name).sort()).toEqual([
        "clock",
        "database",
        "evidence",
        "heartbeat",
        "jobs",
        "runs",
        "verdicts",
      ]);
      expect(JSON.stringify(body)).not.toContain("data_folder");
    }
    expect(await check("database")).toMatchObject({
      state: "ok",
      says: expect.stringMatching(
        /^PostgreSQL \d.* answers in .* ms; schema up to date; \d+ of \d+ connections; .* MiB$/,
      ),
      facts: { migrations_missing: [], migrations_newer: [], calls_waiting: 0 },
    });
    expect(await check("jobs")).toMatchObject({
      state: "ok",
      says: expect.stringMatching(/^\d+ jobs run in time/),
    });
  });

  it("sees a schema that another version changed", async () => {
    await plane.query("insert into platform_migrations (name, sum) values ('later/0001-things', '')");
    expect(await check("database")).toMatchObject({
      state: "warn",
      says: "a newer version changed the schema: later/0001-things",
    });
    await plane.query("delete from platform_migrations where name = 'later/0001-things'");
    await plane.query(
      "update platform_migrations set name = 'x' || name where name = 'message/0001-messages'",
    );
    expect(await check("database")).toMatchObject({
      state: "fail",
      says: "the schema lacks message/0001-messages",
      hint: expect.stringContaining("serve"),
    });
    await plane.query("update platform_migrations set name = 'message/0001-messages' where name like 'x%'");
  });

  it("names the job that fails, and how often it did", async () => {
    // A job that is due in an hour does not mend the row meanwhile.
    await plane.query(
      "update platform_jobs set failures = 3, failure = 'no', failed_at = now() where name = 'audit_keep_entries'",
    );
    expect(await check("jobs")).toMatchObject({
      state: "fail",
      says: "audit_keep_entries failed 3 times in a row",
    });
    await plane.query("update platform_jobs set failures = 0");
  });

  it("keeps what a job failed with, and forgets the count when it ran", async () => {
    await plane.query("alter table heartbeat_states rename to heartbeat_hidden");
    const failures = async () =>
      (await plane.query("select failures, failure from platform_jobs where name = 'heartbeat_sweep'"))[0];
    await expect
      .poll(failures, { timeout: 10_000 })
      .toMatchObject({ failures: expect.toSatisfy((count: number) => count > 0) });
    expect((await failures())?.failure).toContain("heartbeat_states");
    // A probe that cannot look says so; it is no pass, and the others are told all the same.
    const { body, status } = await ask();
    expect(status).toBe(200);
    expect(body.checks.find(({ name }) => name === "heartbeat")).toMatchObject({
      state: "unknown",
      says: expect.stringContaining("heartbeat_states"),
    });
    await plane.query("alter table heartbeat_hidden rename to heartbeat_states");
    await expect.poll(failures, { timeout: 10_000 }).toMatchObject({ failures: 0 });
  });

  it("compares its clock with the database's", async () => {
    expect(await check("clock")).toMatchObject({ state: "ok" });
    plane.clock.advance(3_600_000);
    expect(await check("clock")).toMatchObject({ state: "fail", says: "the database's clock is 1 h behind" });
    plane.clock.advance(-3_600_000);
  });

  it("counts the agents by their state, and names who is silent at work", async () => {
    const ada = await plane.token("agent", { agent: "ada" });
    await plane.as(ada)("POST /api/v1/heartbeat" as never, { body: { task: "T-1" } } as never);
    expect(await check("heartbeat")).toMatchObject({ state: "ok", says: "watched; 1 fresh" });
    plane.clock.advance(20 * 60_000);
    await expect
      .poll(() => check("heartbeat"), { timeout: 10_000 })
      .toMatchObject({ state: "warn", says: "watched; 1 stale; silent at work: ada" });
    plane.clock.advance(-20 * 60_000);
  });

  it("says how CI goes, as forges tell, and that nothing is told", async () => {
    expect(await check("runs")).toMatchObject({
      state: "warn",
      says: "no run of CI was told of in 7 days",
      hint: expect.stringContaining("growth-engine forge hook add"),
    });
    const run = async (number: number, conclusion: string) =>
      plane.query(
        `insert into forge_runs (fleet_id, repository, kind, run, attempt, name, workflow, head, status, conclusion,
           created_at, started_at, completed_at, updated_at)
         select fleet_id, 'org/shop', 'workflow', $1, 1, 'build', 'build', $1, 'completed', $2, $3, $3, $3, $3
         from fleet_fleets where name = 'default'`,
        [String(number), conclusion, new Date(plane.clock.now()).toISOString()],
      );
    await plane.admin("POST /api/v1/fleet/repository", { body: { name: "org/shop" } });
    await run(1, "success");
    await run(2, "failure");
    expect(await check("runs")).toMatchObject({
      state: "ok",
      says: expect.stringMatching(/^1 of 2 runs of CI failed in 7 days \(50 %\)/),
    });
    await run(3, "failure");
    expect(await check("runs")).toMatchObject({ state: "warn", facts: { runs: 3, failed: 2 } });
  });
});
