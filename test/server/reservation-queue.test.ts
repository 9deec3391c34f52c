import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { ReservationView } from "../../src/features/reservation/contract.ts";
import type { ControlPlane } from "../harness/control-plane.ts";
import { startReservationPlane } from "../harness/reservation-plane.ts";

describe("the queue", () => {
  let plane: ControlPlane;
  let started: Awaited<ReturnType<typeof startReservationPlane<"ada" | "ben" | "cy" | "dot">>>;
  beforeAll(async () => {
    started = await startReservationPlane("ada", "ben", "cy", "dot");
    plane = started.plane;
  });
  afterAll(() => plane.close());

  const wait = { wait_seconds: 3_600 };
  const stateOf = async (id: number) => (await started.manager.show(id)).body.state;
  const giveBack = (who: keyof typeof started.agent, { id, fence }: ReservationView) =>
    started.agent[who].release(id, fence ?? undefined);

  it("grants in the order of asking, at once when the holder releases", async () => {
    const { ada, ben, cy } = started.agent;
    const { body: first } = await ada.take("q1/**");
    const { body: second } = await ben.take("q1/a", wait);
    const { body: third } = await cy.take("q1/*", wait);
    expect(second).toMatchObject({
      state: "waiting",
      fence: null,
      waits_for: [{ reservation: first.id, agent: "ada" }],
    });
    expect(third.waits_for).toEqual([
      { reservation: first.id, agent: "ada" },
      { reservation: second.id, agent: "ben" },
    ]);
    await giveBack("ada", first);
    const { body: granted } = await ben.show(second.id);
    expect(granted).toMatchObject({ state: "held", waits_for: [], wait_until: null });
    expect(granted.fence).toBeGreaterThan(first.fence ?? 0);
    expect(await stateOf(third.id)).toBe("waiting");
    await giveBack("ben", granted);
    expect(await stateOf(third.id)).toBe("held");
    expect((await cy.events({ reservation: String(second.id) })).body.items).toMatchObject([
      { kind: "queued", agent: "ben", details: { waits_for: [{ reservation: first.id, agent: "ada" }] } },
      { kind: "granted", agent: "ben", actor: "server", fence: granted.fence },
      { kind: "released", agent: "ben", actor: "agent:ben" },
    ]);
  });

  it("lets nobody past who came later, and readers wait for the writer before them", async () => {
    const { ada, ben, cy, dot } = started.agent;
    const read = { kind: "file" as const, pattern: "q2/**", shared: true };
    const { body: reader } = await ada.take(read);
    const { body: writer } = await ben.take("q2/a", wait);
    const { body: late } = await cy.take(read, wait);
    expect([writer.state, late.state]).toEqual(["waiting", "waiting"]);
    expect(late.waits_for).toEqual([{ reservation: writer.id, agent: "ben" }]);
    const no = await dot.take(read);
    expect(no).toMatchObject({ status: 409, body: { code: "RESERVATION_HELD" } });
    expect(no.body.detail).toContain("ben waits for q2/a");
    // What they want does not touch: both go ahead when they can.
    const { body: beside } = await dot.take("q2b/**", wait);
    expect(beside.state).toBe("held");
    await giveBack("ada", reader);
    expect([await stateOf(writer.id), await stateOf(late.id)]).toEqual(["held", "waiting"]);
  });

  it("is left without a fence, and by a manager's word", async () => {
    const { ada, ben, cy, dot } = started.agent;
    const { body: first } = await ada.take("q3/**");
    const { body: second } = await ben.take("q3/**", wait);
    const { body: third } = await cy.take("q3/**", wait);
    const { body: fourth } = await dot.take("q3/**", wait);
    expect(await cy.release(second.id)).toMatchObject({
      status: 409,
      body: { code: "RESERVATION_FENCE_STALE" },
    });
    expect(await ben.renew(second.id, 1)).toMatchObject({ body: { code: "RESERVATION_FENCE_STALE" } });
    expect((await ben.release(second.id)).body.state).toBe("released");
    expect((await started.manager.revoke(third.id)).body.state).toBe("revoked");
    await giveBack("ada", first);
    expect(await stateOf(fourth.id)).toBe("held");
  });

  it("goes on when a holder crashes: its lease runs out, and the next is granted, also while nobody asks", async () => {
    const { ada, ben, cy } = started.agent;
    const { body: crashed } = await ada.take("q4/**", { lease_seconds: 60 });
    const { body: second } = await ben.take("q4/**", { ...wait, lease_seconds: 120 });
    const { body: third } = await cy.take("q4/**", wait);
    plane.clock.advance(60_000);
    // Whoever waits and asks is granted in the asking.
    expect((await ben.show(second.id)).body).toMatchObject({ state: "held", lease_seconds: 120 });
    expect(await stateOf(crashed.id)).toBe("expired");
    plane.clock.advance(120_000);
    const granted = async () =>
      (await plane.query("select state from reservation_reservations where id = $1", [third.id]))[0]?.state;
    await expect.poll(granted, { timeout: 5_000 }).toBe("held");
  });

  it("gives up when the time is over, and then stands in nobody's way", async () => {
    const { ada, ben, cy } = started.agent;
    const { body: first } = await ada.take("q5/**", { lease_seconds: 3_600 });
    const { body: second } = await ben.take("q5/**", { wait_seconds: 30 });
    const { body: third } = await cy.take("q5/**", wait);
    plane.clock.advance(31_000);
    expect(await stateOf(second.id)).toBe("expired");
    await giveBack("ada", first);
    expect(await stateOf(third.id)).toBe("held");
    expect((await ben.events({ reservation: String(second.id) })).body.items.at(-1)).toMatchObject({
      kind: "gave_up",
      fence: null,
    });
  });

  it("takes all of a wish or none: one that waits for half holds nothing", async () => {
    const { ada, ben, cy } = started.agent;
    const { body: first } = await ada.take("q6/a");
    const { body: both } = await ben.take(["q6/a", "q6/b"], wait);
    expect(both.state).toBe("waiting");
    // It holds no q6/b yet, but whoever comes later does not go past it either.
    expect(await cy.take("q6/b")).toMatchObject({ body: { code: "RESERVATION_HELD" } });
    await giveBack("ada", first);
    expect(await stateOf(both.id)).toBe("held");
  });
});
