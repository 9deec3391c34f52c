import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type * as agent from "../../src/features/agent/contract.ts";
import type * as token from "../../src/features/token/contract.ts";
import { type ControlPlane, startControlPlane } from "../harness/control-plane.ts";

const DAY = 86_400_000;

describe("tokens", () => {
  let plane: ControlPlane;
  beforeAll(async () => {
    plane = await startControlPlane();
  });
  afterAll(() => plane.close());
  const self = (secret: string | null) => plane.as(secret)<typeof token.showToken>("GET /api/v1/token/self");

  it("are needed, and must be known", async () => {
    expect(await self(null)).toMatchObject({ status: 401, body: { code: "TOKEN_MISSING" } });
    expect(await self(`ge_${"x".repeat(43)}`)).toMatchObject({
      status: 401,
      body: { code: "TOKEN_INVALID" },
    });
  });

  it("say who their bearer is", async () => {
    const secret = await plane.token("agent", { agent: "builder" });
    expect(await self(secret)).toMatchObject({
      status: 200,
      body: { role: "agent", agent: "builder", fleet: "default" },
    });
  });

  it("do what their role may and nothing else", async () => {
    const viewer = await plane.token("viewer");
    const refused = await plane.as(viewer)<typeof agent.addAgent>("POST /api/v1/agent", {
      body: { name: "x" },
    });
    expect(refused).toMatchObject({ status: 403, body: { code: "TOKEN_ROLE" } });
    const manager = await plane.token("manager");
    const admin = { role: "admin" as const, label: "mine" };
    const made = await plane.as(manager)<typeof token.addToken>("POST /api/v1/token", { body: admin });
    expect(made).toMatchObject({ status: 403, body: { code: "TOKEN_ROLE" } });
  });

  it("are refused once revoked, at once, also by another process", async () => {
    const other = await plane.another();
    const secret = await plane.token("viewer");
    const { body } = await self(secret);
    const elsewhere = () =>
      fetch(`${other.url}/api/v1/token/self`, { headers: { authorization: `Bearer ${secret}` } });
    expect((await elsewhere()).status).toBe(200);
    await plane.admin<typeof token.revokeToken>("POST /api/v1/token/:token/revoke", {
      params: { token: body.token },
    });
    expect(await self(secret)).toMatchObject({ status: 401, body: { code: "TOKEN_INVALID" } });
    await expect.poll(async () => (await elsewhere()).status, { timeout: 10_000 }).toBe(401);
  });

  it("are replaced by rotation", async () => {
    const secret = await plane.token("agent", { agent: "rotated" });
    const { body: old } = await self(secret);
    const { body: fresh } = await plane.admin<typeof token.rotateToken>("POST /api/v1/token/:token/rotate", {
      params: { token: old.token },
      body: { days: 1 },
    });
    expect((await self(secret)).status).toBe(401);
    expect(await self(fresh.token)).toMatchObject({ status: 200, body: { agent: "rotated" } });
    plane.clock.advance(2 * DAY);
    expect(await self(fresh.token)).toMatchObject({ status: 401, body: { detail: "the token has expired" } });
  });

  it("of an agent that was retired are refused", async () => {
    const secret = await plane.token("agent", { agent: "old" });
    await plane.admin<typeof agent.retireAgent>("POST /api/v1/agent/:agent/retire", {
      params: { agent: "old" },
    });
    await expect.poll(async () => (await self(secret)).status, { timeout: 10_000 }).toBe(401);
  });

  it("keep no secret in the database", async () => {
    const secret = await plane.token("viewer");
    const rows = await plane.query("select * from token_tokens");
    expect(JSON.stringify(rows)).not.toContain(secret.slice(3));
  });

  it("are not guessed at for long, and guessing does not lock others of the same address out", async () => {
    const fresh = await startControlPlane();
    const known = await fresh.token("viewer");
    const ask = (secret: string) => fresh.as(secret)<typeof token.showToken>("GET /api/v1/token/self");
    await ask(known);
    const statuses: number[] = [];
    for (let guess = 0; guess < 30; guess += 1)
      statuses.push((await ask(`ge_${String(guess).padStart(43, "x")}`)).status);
    expect([statuses[0], statuses.at(-1)]).toEqual([401, 429]);
    expect((await ask(known)).status).toBe(200);
    const [row] = await fresh.query(
      "select count(*)::int as kept from audit_entries where actor = 'unknown'",
    );
    expect(row?.kept).toBeLessThan(25);
    await fresh.close();
  });
});
