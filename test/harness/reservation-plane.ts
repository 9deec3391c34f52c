import type * as contract from "../../src/features/reservation/contract.ts";
import { type ControlPlane, startControlPlane } from "./control-plane.ts";
import { type Tasks, tasksAs } from "./task-plane.ts";

type Asker = ReturnType<ControlPlane["as"]>;
type Body<T> = T extends { body: { _zod: { input: infer B } } } ? B : never;
type TakeBody = Body<typeof contract.takeReservation>;
/** A glob, or a whole resource. */
type Wish = string | TakeBody["resources"][number];

const resourcesOf = (wishes: readonly Wish[]): TakeBody["resources"] =>
  wishes.map((wish) => (typeof wish === "string" ? { kind: "file", pattern: wish } : wish));

/** The deeds of reservations as functions, for one token. */
export function reservationsAs(ask: Asker) {
  const params = (reservation: number) => ({ params: { reservation } });
  return {
    take: (wishes: Wish | readonly Wish[], more: Omit<TakeBody, "resources"> = {}) =>
      ask<typeof contract.takeReservation>("POST /api/v1/reservation", {
        body: { resources: resourcesOf([wishes].flat() as Wish[]), ...more },
      }),
    show: (id: number) =>
      ask<typeof contract.showReservation>("GET /api/v1/reservation/:reservation", params(id)),
    list: (query: Record<string, string> = {}) =>
      ask<typeof contract.listReservations>("GET /api/v1/reservation", { query: query as never }),
    renew: (id: number, fence: number, lease_seconds?: number) =>
      ask<typeof contract.renewReservation>("POST /api/v1/reservation/:reservation/renew", {
        ...params(id),
        body: { fence, ...(lease_seconds === undefined ? {} : { lease_seconds }) },
      }),
    release: (id: number, fence?: number) =>
      ask<typeof contract.releaseReservation>("POST /api/v1/reservation/:reservation/release", {
        ...params(id),
        body: fence === undefined ? {} : { fence },
      }),
    revoke: (id: number, reason = "needed elsewhere") =>
      ask<typeof contract.revokeReservation>("POST /api/v1/reservation/:reservation/revoke", {
        ...params(id),
        body: { reason },
      }),
    conflicts: (...wishes: Wish[]) =>
      ask<typeof contract.findConflicts>("POST /api/v1/reservation/conflicts", {
        body: { resources: resourcesOf(wishes) },
      }),
    events: (query: Record<string, string> = {}) =>
      ask<typeof contract.listReservationEvents>("GET /api/v1/reservation/events", { query: query as never }),
    circles: () => ask<typeof contract.listCircles>("GET /api/v1/reservation/circles"),
    ofTask: (task: string) =>
      ask<typeof contract.findTaskConflicts>("GET /api/v1/task/:task/conflicts", { params: { task } }),
  };
}

export type Reservations = ReturnType<typeof reservationsAs>;

/** A control plane with a manager and as many agents as are named, each with what it does about both. */
export async function startReservationPlane<const A extends string>(
  ...agents: A[]
): Promise<{
  plane: ControlPlane;
  manager: Reservations & { tasks: Tasks };
  agent: Record<A, Reservations & { tasks: Tasks }>;
  token: Record<A, string>;
}> {
  const plane = await startControlPlane();
  const deeds = (token: string) => {
    const ask = plane.as(token);
    return { ...reservationsAs(ask), tasks: tasksAs(ask) };
  };
  const manager = deeds(await plane.token("manager"));
  const made = await Promise.all(
    agents.map(async (name) => [name, await plane.token("agent", { agent: name })]),
  );
  const token = Object.fromEntries(made) as Record<A, string>;
  const agent = Object.fromEntries(agents.map((name) => [name, deeds(token[name])])) as Record<
    A,
    ReturnType<typeof deeds>
  >;
  return { plane, manager, agent, token };
}
