import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { ControlPlane } from "../harness/control-plane.ts";
import { startReservationPlane } from "../harness/reservation-plane.ts";

const TAKERS = 64;
const ROUNDS = 15;
const names = Array.from({ length: TAKERS }, (_, at) => `agent-${at}`);

interface Taken {
  status: number;
  body: { id: number; agent?: string; fence?: number; code?: string; state?: string };
}

describe("taking", () => {
  let plane: ControlPlane;
  let token: Record<string, string>;
  let urls: string[];
  beforeAll(async () => {
    ({ plane, token } = await startReservationPlane(...names));
    urls = [plane.url, (await plane.another()).url];
  });
  afterAll(() => plane.close());

  const take = async (at: number, pattern: string, more: object = {}): Promise<Taken> => {
    const response = await fetch(`${urls[at % 2]}/api/v1/reservation`, {
      method: "POST",
      headers: { authorization: `Bearer ${token[`agent-${at}`]}`, "content-type": "application/json" },
      body: JSON.stringify({ resources: [{ kind: "file", pattern }], ...more }),
    });
    return { status: response.status, body: (await response.json()) as Taken["body"] };
  };

  it(`of ${TAKERS} at once through two servers is won by exactly one, ${ROUNDS} times, by globs that only overlap`, async () => {
    let highest = 0;
    for (let round = 0; round < ROUNDS; round += 1) {
      // Each in its own words, of which every two have a path in common.
      const glob = (at: number) =>
        [`race/${round}/**`, `race/${round}/x`, `race/${round}/*`, `**/${round}/x`][at % 4];
      const answers = await Promise.all(names.map((_, at) => take(at, glob(at) ?? "")));
      const winners = answers.filter(({ status }) => status === 201);
      expect(winners).toHaveLength(1);
      for (const { status, body } of answers.filter((answer) => answer.status !== 201))
        expect([status, body.code]).toEqual([409, "RESERVATION_HELD"]);
      const fence = winners[0]?.body.fence ?? 0;
      expect(fence).toBeGreaterThan(highest);
      highest = fence;
    }
  });

  it("of an expired one is won by exactly one too", async () => {
    for (let round = 0; round < 3; round += 1) {
      // No folder that a glob of the race before still covers.
      await take(0, `late/l${round}/**`, { lease_seconds: 60 });
      plane.clock.advance(60_000);
      const answers = await Promise.all(names.map((_, at) => take(at, `late/l${round}/x`)));
      const refused = answers.filter(({ status }) => status !== 201);
      expect(new Set(refused.map(({ body }) => (body as { code?: string }).code))).toEqual(
        new Set(["RESERVATION_HELD"]),
      );
      expect(refused, JSON.stringify(refused[0])).toHaveLength(TAKERS - 1);
    }
  });

  it(`of ${TAKERS} that wait gives each its turn, one at a time`, async () => {
    const answers = await Promise.all(names.map((_, at) => take(at, "turn/x", { wait_seconds: 600 })));
    expect(answers.map(({ status }) => status)).toEqual(names.map(() => 201));
    const order: number[] = [];
    for (let turn = 0; turn < TAKERS; turn += 1) {
      const rows = await plane.query(
        `select id::int, agent, fence::int from reservation_reservations
         where state = 'held' and resources->0->>'pattern' = 'turn/x'`,
      );
      expect(rows).toHaveLength(1);
      const [{ id, agent, fence } = {}] = rows;
      order.push(Number(id));
      await fetch(`${urls[turn % 2]}/api/v1/reservation/${id}/release`, {
        method: "POST",
        headers: { authorization: `Bearer ${token[String(agent)]}`, "content-type": "application/json" },
        body: JSON.stringify({ fence }),
      });
    }
    expect(order).toEqual([...order].sort((one, other) => one - other));
    expect(new Set(order).size).toBe(TAKERS);
  });
});
