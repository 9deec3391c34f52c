import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { matchPaths } from "../../src/platform/globs/index.ts";
import type { ControlPlane } from "../harness/control-plane.ts";
import { type Reservations, startReservationPlane } from "../harness/reservation-plane.ts";

const MINUTE = 60_000;
const NAMES = ["ada", "ben", "cy"] as const;
type Name = (typeof NAMES)[number];

/** Every two of the globs that have a path in common have one of these. */
const PATHS = ["a.ts", "b.ts", "c.ts", "a.md", "d/a.ts", "d/b.md"];
const GLOBS = ["**", "*.ts", "a.*", "d/*", "{a,b}.ts", "*.md", "d/b.md"];

/** As simple as it can be said. */
interface Model {
  id: number;
  agent: Name;
  globs: string[];
  shared: boolean;
  state: "held" | "waiting" | "ended";
  fence: number;
  lease: number;
  leaseUntil: number;
  waitUntil: number;
  behind: Set<number>;
}

const touch = (one: string[], other: string[]) => {
  const [left, right] = [matchPaths(one), matchPaths(other)];
  return PATHS.some((path) => left(path) && right(path));
};
const stands = (one: Pick<Model, "globs" | "shared">, other: Model) =>
  other.state !== "ended" && !(one.shared && other.shared) && touch(one.globs, other.globs);

function end(all: Model[], ended: Model[], now: number): void {
  for (const one of ended) one.state = "ended";
  for (const one of all) for (const { id } of ended) one.behind.delete(id);
  for (const one of all) {
    if (one.state !== "waiting" || one.behind.size > 0) continue;
    one.state = "held";
    one.leaseUntil = now + one.lease;
    one.fence = 0;
  }
}

function settle(all: Model[], now: number): void {
  const over = all.filter(
    ({ state, leaseUntil, waitUntil }) =>
      (state === "held" && leaseUntil <= now) || (state === "waiting" && waitUntil <= now),
  );
  end(all, over, now);
}

/** Would the agent come back to itself, going from who waits to whom it waits for? */
function closesCircle(all: Model[], agent: Name, blockers: Model[]): boolean {
  const seen = new Set<Name>();
  const visit = (name: Name): boolean => {
    if (name === agent) return true;
    if (seen.has(name)) return false;
    seen.add(name);
    return all
      .filter((one) => one.state === "waiting" && one.agent === name)
      .some((one) => all.some((other) => one.behind.has(other.id) && visit(other.agent)));
  };
  return blockers.some((one) => visit(one.agent));
}

const step = fc.record({
  deed: fc.constantFrom("take", "take", "take", "renew", "release", "release", "revoke"),
  agent: fc.constantFrom(...NAMES),
  globs: fc.uniqueArray(fc.constantFrom(...GLOBS), { minLength: 1, maxLength: 2 }),
  shared: fc.boolean(),
  // No sum of the times that pass is ever one of these, so that no moment is one of two.
  lease: fc.constantFrom(4, 5, 8, 11),
  wait: fc.constantFrom(0, 4, 8, 11),
  which: fc.nat(20),
  trueFence: fc.boolean(),
  minutes: fc.constantFrom(0, 0, 0, 3, 7),
});

describe("reservations of agents that do anything", () => {
  let plane: ControlPlane;
  let agent: Record<Name | "dot", Reservations>;
  let manager: Reservations;
  beforeAll(async () => {
    ({ plane, agent, manager } = await startReservationPlane(...NAMES, "dot"));
  });
  afterAll(() => plane.close());

  it("stand as a simple model says, after every step", async () => {
    let run = 0;
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 6, maxLength: 16 }), async (steps) => {
        run += 1;
        // What is left of the run before is over: who still waited in it could close a circle in this one.
        plane.clock.advance(60 * MINUTE);
        const all: Model[] = [];
        let highest = 0;
        const inside = (globs: string[]) => globs.map((glob) => `run-${run}/${glob}`);
        for (const { deed, globs, shared, lease, wait, which, trueFence, minutes, ...given } of steps) {
          plane.clock.advance(minutes * MINUTE);
          const now = plane.clock.now();
          settle(all, now);
          const known = all[which % Math.max(1, all.length)];
          if (deed === "take") {
            const wishes = inside(globs).map((pattern) => ({ kind: "file" as const, pattern, shared }));
            const more = { lease_seconds: lease * 60, wait_seconds: wait * 60 };
            const { status, body } = await agent[given.agent].take(wishes, more);
            const blockers = all.filter((other) => stands({ globs, shared }, other));
            const code =
              blockers.length === 0
                ? "held"
                : wait === 0
                  ? "RESERVATION_HELD"
                  : closesCircle(all, given.agent, blockers)
                    ? "RESERVATION_CIRCLE"
                    : "waiting";
            expect([globs, status === 201 ? body.state : body.code]).toEqual([globs, code]);
            if (status === 201)
              all.push({
                id: body.id,
                agent: given.agent,
                globs,
                shared,
                state: code === "held" ? "held" : "waiting",
                fence: 0,
                lease: lease * MINUTE,
                leaseUntil: now + lease * MINUTE,
                waitUntil: now + wait * MINUTE,
                behind: new Set(blockers.map(({ id }) => id)),
              });
          } else if (known) {
            const { body: view } = await manager.show(known.id);
            const fence = (view.fence ?? 1) + (trueFence ? 0 : 1);
            const mine = known.agent === given.agent;
            if (deed === "renew") {
              const { status } = await agent[given.agent].renew(known.id, fence);
              const may = mine && known.state === "held" && trueFence;
              expect(status).toBe(may ? 200 : 409);
              if (may) known.leaseUntil = Math.max(known.leaseUntil, now + known.lease);
            } else if (deed === "release") {
              const { status } = await agent[given.agent].release(known.id, fence);
              const may = mine && (known.state === "waiting" || (known.state === "held" && trueFence));
              expect(status).toBe(may ? 200 : 409);
              if (may) end(all, [known], now);
            } else {
              const { status } = await manager.revoke(known.id);
              expect(status).toBe(known.state === "ended" ? 409 : 200);
              if (known.state !== "ended") end(all, [known], now);
            }
          }
          // Any write of the fleet ends and grants what is due; one that was refused does neither.
          const { body: beside } = await agent.dot.take({ kind: "name", pattern: "beside" });
          await agent.dot.release(beside.id, beside.fence ?? 0);
          const rows = await plane.query(
            "select id::int, state, fence::int from reservation_reservations where id = any($1) order by id",
            [all.map(({ id }) => id)],
          );
          const states = rows.map(({ state }) =>
            ["held", "waiting"].includes(String(state)) ? state : "ended",
          );
          expect(states).toEqual(all.map(({ state }) => state));
          // Whoever is granted now has a higher fence than anybody before.
          for (const [at, { fence }] of rows.entries()) {
            const one = all[at];
            if (one?.state !== "held" || one.fence !== 0) continue;
            expect(Number(fence)).toBeGreaterThan(highest);
            one.fence = Number(fence);
          }
          highest = Math.max(highest, ...all.map(({ fence }) => fence));
        }
      }),
      { numRuns: 12, endOnFailure: true },
    );
  });
});
