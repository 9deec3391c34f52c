import { fenceFor, listHeld, openHold, withHeld } from "../../features/reservation/index.ts";
import { type Desk, openDesk, readFence, takeUp, withClaim } from "../../features/task/index.ts";
import { Refusal } from "../../platform/errors/index.ts";
import type { Json } from "../../platform/mcp/index.ts";
import type { Workplace } from "./workplace.ts";

/** What this checkout remembers of one kind of thing that is held by a fence. */
export interface Shelf {
  desk: Desk;
  /** The thing that is named, or the only one, with its fence as said or as remembered. @throws Refusal */
  find(given: Json, verb: string): { id: string | number; fence: number | undefined };
  /** Does a write, and forgets what the server says is not held any more. */
  write(id: string | number, deed: () => Promise<Json>): Promise<Json>;
  /** Remembers or forgets, as the answer says. */
  settle(answer: Json): void;
}

const textOf = (value: unknown): string | undefined => (value === undefined ? undefined : String(value));

async function openClaims({ server, context }: Workplace): Promise<Shelf> {
  const desk = await openDesk(server, context);
  return {
    desk,
    find: ({ task, fence }, verb) => {
      const said = fence === undefined ? {} : { fence: String(fence) };
      const found = takeUp(desk, textOf(task), said, verb);
      return { id: found.task, fence: found.fence };
    },
    write: (id, deed) => withClaim(desk, String(id), deed),
    settle: ({ id, holder, fence }) => {
      if (typeof id !== "string" || holder === undefined) return;
      if (holder === desk.agent && typeof fence === "number") desk.claims?.remember({ task: id, fence });
      else desk.claims?.forget(id);
    },
  };
}

function onlyReserved(held: readonly number[]): number {
  const [only, second] = held;
  if (only !== undefined && second === undefined) return only;
  const holds = held.length === 0 ? "none" : held.join(", ");
  throw new Refusal("USAGE", `which reservation is not said, and this checkout holds ${holds}`, {
    hint: "reservation_list names them",
  });
}

async function openReservations({ server, context }: Workplace): Promise<Shelf> {
  const hold = await openHold(server, context);
  return {
    desk: hold,
    find: ({ reservation, fence }, verb) => {
      const id = reservation === undefined ? onlyReserved(listHeld(hold)) : Number(reservation);
      if (fence !== undefined) return { id, fence: readFence(String(fence)) };
      // One that waits has no fence, and leaves the queue without.
      const isKnown = hold.held?.find(String(id)) != null;
      return { id, fence: isKnown || verb === "renew" ? fenceFor(hold, id, undefined) : undefined };
    },
    write: (id, deed) => withHeld(hold, Number(id), deed),
    settle: ({ id, agent, state, fence }) => {
      if (typeof id !== "number" || agent !== hold.agent) return;
      if (state === "held" && typeof fence === "number") hold.held?.remember({ task: String(id), fence });
      else hold.held?.forget(String(id));
    },
  };
}

/** Parameter that names a held thing → what the checkout remembers of such things. */
export const SHELVES: Readonly<Record<string, (place: Workplace) => Promise<Shelf>>> = {
  task: openClaims,
  reservation: openReservations,
};
