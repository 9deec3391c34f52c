import { type Client, openClient, type ServerChoice } from "../../../platform/client/index.ts";
import { isFault, Refusal } from "../../../platform/errors/index.ts";
import { gitDirectory, openRepository, type Repository } from "../../../platform/git/index.ts";
import type { CommandContext } from "../../../platform/terminal/index.ts";
import { EXIT } from "../../../vocabulary/exit-code.ts";
import type { showTokenEndpoint } from "../../token/index.ts";
import { type HeldClaim, HeldClaims } from "./held-claims.ts";

/** Who works, at which server, and in which checkout. */
export interface Desk {
  client: Client;
  fleet: string;
  /** The agent that the token acts as; null for people. */
  agent: string | null;
  /** Null outside a working tree. */
  repository: Repository | null;
  /** What this checkout holds for this agent; null for people, and outside a working tree. */
  claims: HeldClaims | null;
}

async function findRepository(cwd: string): Promise<Repository | null> {
  try {
    return await openRepository(cwd);
  } catch (error) {
    if (isFault(error) && error.code === "NOT_A_REPOSITORY") return null;
    throw error;
  }
}

/** Asks the server who the caller is, and opens what this checkout remembers of its claims. */
export async function openDesk(options: ServerChoice, context: CommandContext): Promise<Desk> {
  const client = openClient({ ...options, env: context.env });
  const [{ agent, fleet }, repository] = await Promise.all([
    client.ask<typeof showTokenEndpoint>("GET /api/v1/token/self"),
    findRepository(context.cwd),
  ]);
  const worktree = repository?.worktree ?? null;
  const folder = worktree === null ? null : gitDirectory(worktree);
  const claims =
    agent === null || folder === null ? null : new HeldClaims(folder, { url: client.url, fleet, agent });
  return { client, fleet, agent, repository, claims };
}

export interface FenceOptions extends ServerChoice {
  fence?: string;
}

/** A task and what a write on it carries; people need no fence. */
export interface TaskAtHand {
  task: string;
  fence: number | undefined;
}

/** A fence as it is typed. @throws Refusal USAGE */
export function readFence(text: string): number {
  if (/^[1-9]\d{0,15}$/.test(text)) return Number(text);
  throw new Refusal("USAGE", `--fence "${text}" is no fence`, {
    hint: "give the number that the claim printed",
  });
}

function onlyClaim({ agent, claims }: Desk, verb: string): HeldClaim {
  const held = claims?.list() ?? [];
  const [first, second] = held;
  if (first !== undefined && second === undefined) return first;
  const hint =
    first === undefined
      ? `growth-engine task ${verb} <task>`
      : `growth-engine task ${verb} <task>, one of ${held.map(({ task }) => task).join(", ")}`;
  const holds = first === undefined ? "no claim" : `${held.length} claims`;
  throw new Refusal(
    "USAGE",
    `which task is not said, and this checkout holds ${holds} of ${agent ?? "yours"}`,
    {
      hint,
    },
  );
}

/**
 * The task that is named, or the only one that this checkout holds, with the fence of its claim.
 * @throws Refusal USAGE; REFUSED (exit 1) for an agent's task that this checkout did not claim
 */
export function takeUp(
  desk: Desk,
  named: string | undefined,
  options: FenceOptions,
  verb: string,
): TaskAtHand {
  const task = named ?? onlyClaim(desk, verb).task;
  if (options.fence !== undefined) return { task, fence: readFence(options.fence) };
  if (desk.agent === null) return { task, fence: undefined };
  const claim = desk.claims?.find(task);
  if (claim) return { task, fence: claim.fence };
  throw new Refusal("REFUSED", `this checkout holds no claim of ${desk.agent} on ${task}`, {
    hint: `growth-engine task claim ${task}; or --fence <number> where it was claimed elsewhere`,
    exit: EXIT.no,
  });
}

/** The same for what only a holder may do. */
export function takeUpHeld(desk: Desk, named: string | undefined, options: FenceOptions, verb: string) {
  const { task, fence } = takeUp(desk, named, options, verb);
  if (fence !== undefined) return { task, fence };
  throw new Refusal("TOKEN_ROLE", `only the agent that holds ${task} may do this: the token is a person's`, {
    hint: `GROWTH_ENGINE_TOKEN=<the agent's token> growth-engine task ${verb} ${task}`,
    exit: EXIT.no,
  });
}

/** Does a write, and forgets a claim that the server no longer knows. */
export async function withClaim<T>({ claims }: Desk, task: string, write: () => Promise<T>): Promise<T> {
  try {
    return await write();
  } catch (error) {
    if (error instanceof Refusal && error.code === "TASK_FENCE_STALE") claims?.forget(task);
    throw error;
  }
}
