import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { ControlPlane } from "../harness/control-plane.ts";
import { startTaskPlane, type Tasks } from "../harness/task-plane.ts";

const CLAIMERS = 64;
const ROUNDS = 50;
const names = Array.from({ length: CLAIMERS }, (_, at) => `agent-${at}`);

describe("a claim", () => {
  let plane: ControlPlane;
  let manager: Tasks;
  let token: Record<string, string>;
  let urls: string[];
  beforeAll(async () => {
    ({ plane, manager, token } = await startTaskPlane(...names));
    urls = [plane.url, (await plane.another()).url];
  });
  afterAll(() => plane.close());

  const claim = async (url: string, name: string, id: string) => {
    const response = await fetch(`${url}/api/v1/task/${id}/claim`, {
      method: "POST",
      headers: { authorization: `Bearer ${token[name]}` },
    });
    return {
      status: response.status,
      body: (await response.json()) as { holder?: string; fence?: number; code?: string },
    };
  };

  it(`of ${CLAIMERS} at once through two servers is won by exactly one, ${ROUNDS} times`, async () => {
    let highest = 0;
    for (let round = 0; round < ROUNDS; round += 1) {
      const id = `RACE-${round}`;
      await manager.add({ id, title: id });
      const answers = await Promise.all(names.map((name, at) => claim(urls[at % 2] ?? "", name, id)));
      const winners = answers.filter(({ status }) => status === 200);
      expect(winners).toHaveLength(1);
      const losers = answers.filter(({ status }) => status !== 200);
      for (const { status, body } of losers) expect([status, body.code]).toEqual([409, "TASK_HELD"]);
      const { body } = await manager.show(id);
      expect(body).toMatchObject({ holder: winners[0]?.body.holder, fence: winners[0]?.body.fence });
      expect(body.fence).toBeGreaterThan(highest);
      highest = body.fence ?? 0;
    }
    const [{ count } = { count: 0 }] = await plane.query(
      "select count(*)::integer as count from task_events where kind = 'claimed'",
    );
    expect(count).toBe(ROUNDS);
  });

  it("of whatever is next, by many at once, gives each another task, the urgent ones first", async () => {
    const tasks = 40;
    for (let number = 0; number < tasks; number += 1)
      await manager.add({ id: `NEXT-${number}`, title: "t", priority: number < 8 ? "P0" : "P3" });
    await manager.add({ id: "NEXT-OWN", title: "t", priority: "P3", assignee: "agent-7" });
    const claimNext = async (name: string, at: number) => {
      const response = await fetch(`${urls[at % 2]}/api/v1/task/claim`, {
        method: "POST",
        headers: { authorization: `Bearer ${token[name]}` },
      });
      return {
        name,
        status: response.status,
        body: (await response.json()) as { id?: string; code?: string },
      };
    };
    const first = await Promise.all(names.slice(0, 8).map(claimNext));
    const urgent = first.filter(({ name }) => name !== "agent-7").map(({ body }) => body.id);
    expect(new Set(urgent).size).toBe(7);
    for (const id of urgent) expect((await manager.show(id ?? "")).body.priority).toBe("P0");
    expect(first.find(({ name }) => name === "agent-7")?.body.id).toBe("NEXT-OWN");
    const rest = await Promise.all(names.map(claimNext));
    const won = rest.filter(({ status }) => status === 200).map(({ body }) => body.id);
    expect(won).toHaveLength(tasks - 7);
    expect(new Set([...won, ...urgent]).size).toBe(tasks);
    for (const { status, body } of rest.filter((answer) => answer.status !== 200))
      expect([status, body.code]).toEqual([409, "REFUSED"]);
  });

  it("of an expired lease is won by exactly one too", async () => {
    for (let round = 0; round < 5; round += 1) {
      const id = `LATE-${round}`;
      await manager.add({ id, title: id });
      await claim(urls[0] ?? "", "agent-0", id);
      plane.clock.advance(16 * 60_000);
      const answers = await Promise.all(names.map((name, at) => claim(urls[at % 2] ?? "", name, id)));
      expect(answers.filter(({ status }) => status === 200)).toHaveLength(1);
    }
  });
});
