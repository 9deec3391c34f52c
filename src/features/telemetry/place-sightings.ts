import { hash } from "node:crypto";
import { KEEP_RECORDS_DAYS } from "../../vocabulary/keep-records-days.ts";
import { isPathPart } from "../record/index.ts";
import type { Sender, Sighting } from "./sighting.ts";

/** What is known of who sends, before the resource is looked at. */
export interface Ground {
  /** The agent of the token; null when it is a person's. */
  agent: string | null;
  /** What the headers of the call say: they hold for all of it. */
  headers: Partial<Pick<Sender, "agent" | "repository" | "task">>;
  /** Names of the fleet's repositories. */
  repositories: ReadonlySet<string>;
  /** Those agents of the fleet of which the request speaks. */
  agents: ReadonlySet<string>;
  /** Milliseconds since 1970. */
  now: number;
}

/** Something an agent did, with whose work it is. */
export interface Placed {
  sighting: Sighting;
  agent: string;
  /** Null for what is no call. */
  repository: string | null;
  task: string | undefined;
  /** As part of a file's name. */
  session: string;
}

const DAY_MS = 86_400_000;
const MAX_SESSION = 80;
const SUM = 32;

function sessionName(session: string): string {
  const fits = session.length <= MAX_SESSION && isPathPart(`otlp-${session}`);
  return `otlp-${fits ? session : hash("sha256", session, "hex").slice(0, SUM)}`;
}

function agentOf({ sender }: Sighting, { agent: own, headers, agents }: Ground): string | { why: string } {
  const said = headers.agent ?? sender.agent;
  if (own !== null)
    return said === undefined || said === own
      ? own
      : { why: `this token is of ${own}, and does not speak for ${said}` };
  if (said === undefined)
    return { why: "no agent is said: use an agent's token, or the resource attribute growth_engine.agent" };
  return agents.has(said) ? said : { why: `the fleet has no agent ${said}` };
}

function repositoryOf({ sender }: Sighting, { headers, repositories }: Ground): string | { why: string } {
  const said = headers.repository ?? sender.repository;
  if (said === undefined) {
    const [only] = repositories;
    if (only !== undefined && repositories.size === 1) return only;
    return {
      why: "no repository is said: use the header growth-engine-repository, or the resource attribute growth_engine.repository",
    };
  }
  return repositories.has(said) ? said : { why: `the fleet has no repository ${said}` };
}

/** What is older than lines are kept would be gone at once; what lies ahead has not been done yet. */
function isFarOff(at: number, now: number): boolean {
  return at < now - KEEP_RECORDS_DAYS * DAY_MS || at > now + DAY_MS;
}

function place(sighting: Sighting, ground: Ground): Placed | { why: string } {
  const { call, sender, session } = sighting;
  const agent = agentOf(sighting, ground);
  if (typeof agent !== "string") return agent;
  const repository = call === null ? null : repositoryOf(sighting, ground);
  if (repository !== null && typeof repository !== "string") return repository;
  if (isFarOff(call?.at ?? sighting.at, ground.now))
    return { why: `its time lies over ${KEEP_RECORDS_DAYS} days back or over a day ahead` };
  const task = ground.headers.task ?? sender.task;
  return { sighting, agent, repository, task, session: sessionName(session) };
}

/** Says of each sighting whose work it is, or why it cannot be kept. */
export function placeSightings(
  sightings: readonly Sighting[],
  ground: Ground,
): { placed: Placed[]; refused: string[] } {
  const placed: Placed[] = [];
  const refused: string[] = [];
  for (const sighting of sightings) {
    const one = place(sighting, ground);
    if ("why" in one) refused.push(one.why);
    else placed.push(one);
  }
  return { placed, refused };
}
