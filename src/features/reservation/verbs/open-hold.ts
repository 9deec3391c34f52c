import type { ServerChoice } from "../../../platform/client/index.ts";
import { Refusal } from "../../../platform/errors/index.ts";
import { gitDirectory } from "../../../platform/git/index.ts";
import type { CommandContext } from "../../../platform/terminal/index.ts";
import { EXIT } from "../../../vocabulary/exit-code.ts";
import { type Desk, HeldClaims, openDesk, readFence } from "../../task/index.ts";

/** Who works, and the fences of what this checkout has reserved; null for people, and outside a working tree. */
export interface Hold extends Desk {
  held: HeldClaims | null;
}

/** Asks the server who the caller is, and opens what this checkout remembers of its reservations. */
export async function openHold(options: ServerChoice, context: CommandContext): Promise<Hold> {
  const desk = await openDesk(options, context);
  const { client, fleet, agent, repository } = desk;
  const folder = repository?.worktree ? gitDirectory(repository.worktree) : null;
  const held =
    agent === null || folder === null
      ? null
      : new HeldClaims(folder, { url: client.url, fleet, agent }, "reservations");
  return { ...desk, held };
}

/** The number of a reservation as it is typed. @throws Refusal USAGE */
export function readReservation(text: string): number {
  if (/^[1-9]\d{0,15}$/.test(text)) return Number(text);
  throw new Refusal("USAGE", `"${text}" is no number of a reservation`, {
    hint: "growth-engine reservation list",
  });
}

/** What this checkout has reserved, in the order of asking. */
export function listHeld({ held }: Hold): number[] {
  return (held?.list() ?? []).map(({ task }) => Number(task)).sort((one, other) => one - other);
}

/** The fence of a reservation: as given, else as remembered. @throws Refusal REFUSED, exit 1 */
export function fenceFor({ agent, held }: Hold, id: number, given: string | undefined): number {
  if (given !== undefined) return readFence(given);
  const known = held?.find(String(id));
  if (known) return known.fence;
  throw new Refusal("REFUSED", `this checkout has not reserved ${id} for ${agent ?? "you"}`, {
    hint: "--fence <number>, where it was taken elsewhere",
    exit: EXIT.no,
  });
}

/** Does a write, and forgets what the server says is not held any more. */
export async function withHeld<T>({ held }: Hold, id: number, write: () => Promise<T>): Promise<T> {
  try {
    return await write();
  } catch (error) {
    if (error instanceof Refusal && ["RESERVATION_FENCE_STALE", "RESERVATION_UNKNOWN"].includes(error.code))
      held?.forget(String(id));
    throw error;
  }
}
