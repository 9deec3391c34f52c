/**
 * What a token may do. `admin` governs the whole server, a `manager` one fleet, an `agent` acts as one agent and
 * nobody else, a `viewer` reads.
 */
export const ROLES = ["admin", "manager", "agent", "viewer"] as const;
export type Role = (typeof ROLES)[number];

/**
 * Who comes in without a token of ours: a `ci` run by the OpenID token of its forge, and a `forge` by the signature of
 * a webhook. Neither may do anything but what an endpoint names it for.
 */
export const OUTSIDERS = ["ci", "forge"] as const;
export type Outsider = (typeof OUTSIDERS)[number];
export type CallerRole = Role | Outsider;

/** What the run of a trusted workflow may speak of, and nothing else. */
export interface CiRun {
  /** The fleet's name for the repository. */
  repository: string;
  /** The commits that it judged, each with the pull request that it is the head of, if it is of one. */
  commits: readonly { head: string; pull: number | null }[];
  /** File and ref of the workflow. */
  workflow: string;
}

/** Who calls: what a token says of its bearer. */
export interface Actor {
  role: CallerRole;
  /** Identifier of the token; of outsiders, what names them: a workflow, a hook. */
  token: string;
  /** Identifier (UUID) and name of the fleet that the call is about. */
  fleet: { id: string; name: string };
  /** Identifier of the fleet that the token belongs to; an admin's call may be about another. */
  home: string;
  /** The agent that the token acts as; null for people. */
  agent: string | null;
  /** Of the role `ci` alone. */
  run?: CiRun;
}

/** How an actor stands in histories: `agent:<name>`, or `<role>:<token>` for people. */
export function actorName(actor: Pick<Actor, "role" | "token" | "agent">): string {
  return actor.agent === null ? `${actor.role}:${actor.token}` : `agent:${actor.agent}`;
}
