import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { ControlPlane } from "../harness/control-plane.ts";
import { startReservationPlane } from "../harness/reservation-plane.ts";

describe("a waiting circle", () => {
  let plane: ControlPlane;
  let started: Awaited<ReturnType<typeof startReservationPlane<"ada" | "ben" | "cy">>>;
  beforeAll(async () => {
    started = await startReservationPlane("ada", "ben", "cy");
    plane = started.plane;
  });
  afterAll(() => plane.close());

  const wait = { wait_seconds: 3_600, lease_seconds: 7_200 };
  const circle = (detail: RegExp) => ({
    status: 409,
    body: { code: "RESERVATION_CIRCLE", detail: expect.stringMatching(detail) },
  });

  it("of two is refused to the one who would close it, and named", async () => {
    const { ada, ben } = started.agent;
    const { body: x } = await ada.take("c1/x", wait);
    const { body: y } = await ben.take("c1/y", wait);
    const { body: waiting } = await ada.take("c1/y", wait);
    expect(waiting.state).toBe("waiting");
    const no = await ben.take("c1/*", wait);
    // Its own file is among what it asks for: it would wait for itself before anybody else.
    expect(no).toMatchObject(circle(/ben waits for ben/));
    expect(await ben.take("c1/x", wait)).toMatchObject(
      circle(
        new RegExp(
          `ben waits for ada \\(reservation ${x.id}: c1/x\\), ada waits for ben \\(reservation ${y.id}: c1/y\\)`,
        ),
      ),
    );
    // Without waiting it is a plain refusal, and nothing is stuck: ben goes on.
    expect(await ben.take("c1/x")).toMatchObject({ body: { code: "RESERVATION_HELD" } });
    await ben.release(y.id, y.fence ?? 0);
    expect((await ada.show(waiting.id)).body.state).toBe("held");
    expect((await ada.circles()).body.items).toEqual([]);
  });

  it("of three is found too, through the one in the middle", async () => {
    const { ada, ben, cy } = started.agent;
    await ada.take("c2/a", wait);
    await ben.take("c2/b", wait);
    await cy.take("c2/c", wait);
    await ada.take("c2/b", wait);
    await ben.take("c2/c", wait);
    expect(await cy.take("c2/a", wait)).toMatchObject(
      circle(/cy waits for ada .* ada waits for ben .* ben waits for cy/),
    );
  });

  it("through a task that another depends on is found when the wait is asked for", async () => {
    const { ada, ben } = started.agent;
    const { tasks } = started.manager;
    for (const id of ["CT-1", "CT-2"]) await tasks.add({ id, title: id });
    await ada.tasks.claim("CT-1");
    await ben.tasks.claim("CT-2");
    const { body } = await ben.take("c3/x", { task: "CT-2" });
    await tasks.depend("CT-2", { add: ["CT-1"] });
    expect(await ada.take("c3/x", wait)).toMatchObject(
      circle(
        new RegExp(
          `ada waits for task CT-1 \\(reservation ${body.id} lasts as long as CT-2, which depends on CT-1\\), task CT-1 waits for ada`,
        ),
      ),
    );
  });

  it("that something else closes is found within a second, told once, and gone when it is broken", async () => {
    const { ada, ben } = started.agent;
    const { manager } = started;
    for (const id of ["CU-1", "CU-2"]) await manager.tasks.add({ id, title: id });
    const claim = await ada.tasks.claim("CU-1");
    await ben.tasks.claim("CU-2");
    await ben.take("c4/x", { task: "CU-2" });
    const { body: waiting } = await ada.take("c4/x", wait);
    expect(waiting.state).toBe("waiting");
    await manager.tasks.depend("CU-2", { add: ["CU-1"] });
    const steps = async () =>
      (await manager.circles()).body.items.map((one) => one.steps.map(({ who }) => who));
    await expect.poll(steps, { timeout: 5_000 }).toEqual([["agent:ada", "task:CU-1"]]);
    await manager.tasks.cancel("CU-1");
    expect(claim.status).toBe(200);
    await expect.poll(steps, { timeout: 5_000 }).toEqual([]);
    const told = (await manager.events()).body.items.filter(({ kind }) => kind.startsWith("circle"));
    expect(told).toMatchObject([
      { kind: "circle_found", actor: "server", details: { circle: "agent:ada → task:CU-1" } },
      { kind: "circle_broken" },
    ]);
  });
});
