/**
 * What a token may do. `admin` governs the whole server, a `manager` one fleet, an `agent` acts as one agent and
 * nobody else, a `viewer` reads.
 */
export const ROLES = ["admin", "manager", "agent", "viewer"] as const;
export type Role = (typeof ROLES)[number];

/** Who calls: what a token says of its bearer. */
export interface Actor {
  role: Role;
  /** Identifier of the token. */
  token: string;
  /** Identifier (UUID) and name of the fleet that the call is about. */
  fleet: { id: string; name: string };
  /** Identifier of the fleet that the token belongs to; an admin's call may be about another. */
  home: string;
  /** The agent that the token acts as; null for people. */
  agent: string | null;
}

/** How an actor stands in histories: `agent:<name>`, or `<role>:<token>` for people. */
export function actorName(actor: Pick<Actor, "role" | "token" | "agent">): string {
  return actor.agent === null ? `${actor.role}:${actor.token}` : `agent:${actor.agent}`;
}
