import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { ControlPlane } from "../harness/control-plane.ts";
import { startReservationPlane } from "../harness/reservation-plane.ts";

const MINUTE = 60_000;

describe("a reservation", () => {
  let plane: ControlPlane;
  let started: Awaited<ReturnType<typeof startReservationPlane<"ada" | "ben" | "cy">>>;
  beforeAll(async () => {
    started = await startReservationPlane("ada", "ben", "cy");
    plane = started.plane;
  });
  afterAll(() => plane.close());

  const held = (until: Record<string, unknown> = {}) => ({ status: 201, body: { state: "held", ...until } });
  const refused = (code: string, status = 409) => ({ status, body: { code } });

  it("is granted at once when nobody has any of it, all or nothing", async () => {
    const { ada, ben } = started.agent;
    const { body } = await ada.take(["life/a/**", { kind: "environment", pattern: "staging" }], {
      purpose: "the move",
    });
    expect(body).toMatchObject({ agent: "ada", state: "held", purpose: "the move", waits_for: [] });
    expect(Date.parse(body.lease_until ?? "") - Date.parse(body.granted_at ?? "")).toBe(15 * MINUTE);
    const no = await ben.take(["life/b/**", { kind: "environment", pattern: "staging" }]);
    expect(no).toMatchObject(refused("RESERVATION_HELD"));
    expect(no.body.detail).toMatch(/ada holds environment staging since .*, reservation \d+/);
    expect(await ben.take("life/b/x.ts")).toMatchObject(held());
    expect(await ben.take({ kind: "name", pattern: "staging" })).toMatchObject(held());
  });

  it("stands against what overlaps and nothing else", async () => {
    const { ada, ben } = started.agent;
    await ada.take("over/src/*.ts");
    expect(await ben.take("over/src/*.md")).toMatchObject(held());
    expect(await ben.take("over/src/deep/x.ts")).toMatchObject(held());
    const no = await ben.take("over/{lib,src}/x.*");
    expect(no).toMatchObject(refused("RESERVATION_HELD"));
    expect(no.body.detail).toContain("ada holds over/src/*.ts (you want over/{lib,src}/x.*)");
    expect(await ben.take("**")).toMatchObject(refused("RESERVATION_HELD"));
    expect(await ben.take("OVER/src/x.ts")).toMatchObject(held());
  });

  it("is of one repository, or of all", async () => {
    const { ada, ben } = started.agent;
    for (const name of ["web", "api"])
      await plane.admin("POST /api/v1/fleet/repository" as never, { body: { name } } as never);
    const file = (repository?: string) => ({
      kind: "file" as const,
      pattern: "repo/x.ts",
      ...(repository === undefined ? {} : { repository }),
    });
    expect(await ada.take(file("web"))).toMatchObject(held());
    const { body } = await ben.take(file("api"));
    expect(body.state).toBe("held");
    expect(await ben.take(file())).toMatchObject(refused("RESERVATION_HELD"));
    await ben.release(body.id, body.fence ?? 0);
    expect(await ben.take(file("wob"))).toMatchObject(refused("REPOSITORY_UNKNOWN", 404));
  });

  it("is shared by readers, and had alone by a writer", async () => {
    const { ada, ben, cy } = started.agent;
    const read = { kind: "file" as const, pattern: "docs/**", shared: true };
    const [one, two] = [(await ada.take(read)).body, (await ben.take(read)).body];
    expect([one.state, two.state]).toEqual(["held", "held"]);
    expect(await cy.take("docs/a.md")).toMatchObject(refused("RESERVATION_HELD"));
    await ada.release(one.id, one.fence ?? 0);
    await ben.release(two.id, two.fence ?? 0);
    expect(await cy.take("docs/a.md")).toMatchObject(held());
    expect(await ada.take(read)).toMatchObject(refused("RESERVATION_HELD"));
  });

  it("of one's own is told as such", async () => {
    const { ada } = started.agent;
    const { body } = await ada.take("own/**");
    const no = await ada.take("own/a");
    expect(no).toMatchObject(refused("RESERVATION_HELD"));
    expect(no.body.detail).toContain("you hold own/**");
    expect(no.body.hint).toContain(`go on with reservation ${body.id}`);
  });

  it("is renewed and released by its fence alone; what is stale is refused everywhere", async () => {
    const { ada, ben } = started.agent;
    const { body } = await ada.take("fence/**", { lease_seconds: 60 });
    const fence = body.fence ?? 0;
    plane.clock.advance(50_000);
    const { body: renewed } = await ada.renew(body.id, fence);
    expect(Date.parse(renewed.lease_until ?? "")).toBeGreaterThan(plane.clock.now() + 50_000);
    expect(renewed.fence).toBe(fence);
    plane.clock.advance(50_000);
    for (const answer of [
      await ben.renew(body.id, fence),
      await ben.release(body.id, fence),
      await ada.renew(body.id, fence + 1),
      await ada.release(body.id, fence + 1),
      await ada.release(body.id),
    ])
      expect(answer).toMatchObject(refused("RESERVATION_FENCE_STALE"));
    expect((await ada.renew(body.id, fence, 600)).body).toMatchObject({ lease_seconds: 600 });
    plane.clock.advance(601_000);
    for (const answer of [await ada.renew(body.id, fence), await ada.release(body.id, fence)])
      expect(answer).toMatchObject(refused("RESERVATION_FENCE_STALE"));
    const { body: next } = await ben.take("fence/x");
    expect(next.fence).toBeGreaterThan(fence);
    expect(await ada.renew(body.id, fence)).toMatchObject(refused("RESERVATION_FENCE_STALE"));
    expect(await ada.renew(999_999_999, 1)).toMatchObject(refused("RESERVATION_UNKNOWN", 404));
  });

  it("that ran out is over at that instant, and leaves an event", async () => {
    const { ada, ben, cy } = started.agent;
    const { body } = await ada.take("late/**", { lease_seconds: 60 });
    expect(await ben.take("late/a")).toMatchObject(refused("RESERVATION_HELD"));
    plane.clock.advance(60_000);
    expect(await ben.take("late/a")).toMatchObject(held());
    expect((await cy.events({ reservation: String(body.id) })).body.items).toMatchObject([
      { kind: "taken", agent: "ada", actor: "agent:ada", fence: body.fence },
      { kind: "expired", agent: "ada", actor: "server", fence: body.fence },
    ]);
    const { body: crashed } = await ada.take("crash/**", { lease_seconds: 60 });
    plane.clock.advance(61_000);
    // Nobody asks: the job finds it.
    await expect.poll(async () => (await cy.show(crashed.id)).body.state, { timeout: 5_000 }).toBe("expired");
  });

  it("is taken away by a manager, with a reason", async () => {
    const { ada, ben } = started.agent;
    const { manager } = started;
    const { body } = await ada.take("away/**");
    expect(await ben.revoke(body.id)).toMatchObject(refused("TOKEN_ROLE", 403));
    expect((await manager.revoke(body.id, "a hot fix")).body).toMatchObject({
      state: "revoked",
      reason: "a hot fix",
    });
    const stale = await ada.renew(body.id, body.fence ?? 0);
    expect(stale).toMatchObject(refused("RESERVATION_FENCE_STALE"));
    expect(stale.body.detail).toMatch(/was revoked at .*: a hot fix/);
    expect(await manager.revoke(body.id)).toMatchObject(refused("RESERVATION_STATE"));
    expect(await ben.take("away/x")).toMatchObject(held());
  });

  it("lasts as long as the claim of its task, which beats renew", async () => {
    const { ada, ben } = started.agent;
    const { tasks } = started.manager;
    for (const id of ["LINK-1", "LINK-2"]) await tasks.add({ id, title: id });
    expect(await ada.take("link/**", { task: "LINK-1" })).toMatchObject(refused("TASK_FENCE_STALE"));
    expect(await ada.take("link/**", { task: "NONE" })).toMatchObject(refused("TASK_UNKNOWN", 404));
    const claim = (await ada.tasks.claim("LINK-1")).body.fence ?? 0;
    const { body } = await ada.take("link/**", { task: "LINK-1" });
    expect(body).toMatchObject({ state: "held", task: "LINK-1", lease_until: null });
    for (let beat = 0; beat < 4; beat += 1) {
      plane.clock.advance(10 * MINUTE);
      await ada.tasks.renew("LINK-1", claim);
      expect(await ben.take("link/a")).toMatchObject(refused("RESERVATION_HELD"));
    }
    expect((await ada.renew(body.id, body.fence ?? 0)).status).toBe(200);
    await ada.tasks.complete("LINK-1", claim);
    expect(await ada.renew(body.id, body.fence ?? 0)).toMatchObject(refused("RESERVATION_FENCE_STALE"));
    expect(await ben.take("link/a")).toMatchObject(held());
    expect((await ben.events({ reservation: String(body.id) })).body.items.at(-1)).toMatchObject({
      kind: "released",
      actor: "server",
      details: { task: "LINK-1", reason: "its task is no longer held under that claim" },
    });
    // A crash: the lease of the task runs out, and with it what was reserved for it.
    await ada.tasks.claim("LINK-2");
    const { body: second } = await ada.take("link2/**", { task: "LINK-2" });
    plane.clock.advance(16 * MINUTE);
    await expect
      .poll(async () => (await ben.show(second.id)).body.state, { timeout: 5_000 })
      .toBe("released");
  });

  it("is refused with a clear word when it cannot be compared, and when it is too much", async () => {
    const { ada } = started.agent;
    for (const [pattern, why] of [
      ["../x", "has the folder"],
      ["/etc/passwd", "is absolute"],
      ["a[bc]", 'has a "["'],
      ["src\\a", "backslash"],
      ["a/", "ends with a slash"],
    ] as const) {
      const no = await ada.take(pattern);
      expect(no).toMatchObject(refused("RESERVATION_RESOURCE", 400));
      expect(no.body.detail).toContain(why);
    }
    expect(await ada.take({ kind: "name", pattern: " x" })).toMatchObject(
      refused("RESERVATION_RESOURCE", 400),
    );
    expect(await ada.take({ kind: "environment", pattern: "x", repository: "web" })).toMatchObject(
      refused("RESERVATION_RESOURCE", 400),
    );
    expect(await ada.take([])).toMatchObject(refused("INPUT_INVALID", 400));
    expect(await ada.take(Array.from({ length: 65 }, (_, at) => `many/${at}`))).toMatchObject(
      refused("INPUT_INVALID", 400),
    );
    const braces = "{a,b}{a,b}{a,b}{a,b}{a,b}{a,b}";
    expect(await ada.take(Array.from({ length: 5 }, (_, at) => `${at}${braces}`))).toMatchObject(
      refused("RESERVATION_RESOURCE", 400),
    );
    expect(await started.manager.take("x")).toMatchObject(refused("TOKEN_ROLE", 403));
    expect(await ada.take("x", { lease_seconds: 1 })).toMatchObject(refused("INPUT_INVALID", 400));
  });

  it("is found by who asks what stands against a wish", async () => {
    const { ada, ben } = started.agent;
    const { body } = await ada.take("find/src/**", { purpose: "moving it" });
    const { body: found } = await ben.conflicts("find/src/a.ts", "find/{x,src/y}/**", "elsewhere/**");
    expect(found.items).toMatchObject([
      {
        reservation: body.id,
        agent: "ada",
        wants: { pattern: "find/src/a.ts" },
        has: { pattern: "find/src/**" },
      },
      { reservation: body.id, agent: "ada", purpose: "moving it", wants: { pattern: "find/{x,src/y}/**" } },
    ]);
    expect((await started.manager.conflicts("nothing/of/it")).body.items).toEqual([]);
    expect((await ben.list({ agent: "ada" })).body.items.map(({ id }) => id)).toContain(body.id);
    expect((await ben.list({ state: "revoked" })).body.items.length).toBe(1);
  });
});
