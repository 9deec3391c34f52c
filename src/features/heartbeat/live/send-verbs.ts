import { randomUUID } from "node:crypto";
import { realpathSync } from "node:fs";
import { type Client, openClient, type ServerChoice, show } from "../../../platform/client/index.ts";
import { utcTimestamp } from "../../../platform/clock/index.ts";
import type { CallOf } from "../../../platform/endpoint/index.ts";
import { messageOf, Refusal } from "../../../platform/errors/index.ts";
import { findWorktree, gitDirectory } from "../../../platform/git/index.ts";
import { type CommandContext, printable } from "../../../platform/terminal/index.ts";
import { parseDuration } from "../../../vocabulary/duration.ts";
import type { ExitCode } from "../../../vocabulary/exit-code.ts";
import { type HeldClaim, HeldClaims, openDesk } from "../../task/index.ts";
import type { sendBeat as Endpoint } from "./contract.ts";
import {
  deliverBeats,
  describeDelivered,
  hasWaiting,
  isAway,
  keepBeat,
  recallWho,
  rememberWho,
} from "./spool/index.ts";

export interface SendOptions extends ServerChoice {
  task?: string;
  fence?: string;
  status: string;
  progress?: string;
  file?: string;
  session?: string;
  tool?: string;
  budget?: string;
  call?: string;
  waitingFor?: string;
  until?: string;
  tree?: string;
  result?: string;
}

/** Beats are many and short: whoever waits for a server that hangs does not work. */
const ONCE = { waits: false, within: 5_000 } as const;

type Body = NonNullable<CallOf<typeof Endpoint>["body"]>;

const SECOND = 1_000;

/** Seconds of a duration as it is typed. */
export function secondsOf(option: string, text: string): number {
  const ms = parseDuration(text);
  if (ms !== null) return ms / SECOND;
  throw new Refusal("INPUT_INVALID", `${option} ${text} is no duration`, { hint: `${option} 25m` });
}

function toolOf({ tool, budget, call }: SendOptions): Body["tool"] {
  if (tool === undefined && budget === undefined && call === undefined) return undefined;
  if (tool === undefined || budget === undefined)
    throw new Refusal("INPUT_INVALID", "a tool in flight has a name and a budget", {
      hint: '--tool "npm test" --budget 25m',
    });
  return {
    name: tool,
    budget_seconds: secondsOf("--budget", budget),
    ...(call === undefined ? {} : { call }),
  };
}

/** What is left out stays out. What is wrong with a word, the server says. */
function bodyOf(options: SendOptions, { task, fence }: TaskOfBeat, now: number): Body {
  const { status, progress, file, session, waitingFor, until, tree, result } = options;
  const said = {
    // Named here, so that a beat whose answer was lost is not counted twice when it is sent again.
    beat: randomUUID(),
    timestamp: utcTimestamp(now),
    task,
    fence,
    status,
    progress,
    file,
    session,
    tool: toolOf(options),
    waiting_for: waitingFor,
    until,
    tree,
    result,
  };
  return Object.fromEntries(Object.entries(said).filter(([, value]) => value !== undefined)) as Body;
}

interface TaskOfBeat {
  task: string | undefined;
  fence: number | undefined;
}

/** What this checkout holds for the agent; from memory where the server is away and cannot say who that is. */
async function claimsOf(client: Client, options: SendOptions, context: CommandContext): Promise<HeldClaim[]> {
  try {
    const { agent, fleet, claims } = await openDesk({ ...options, ...ONCE }, context);
    if (agent !== null) rememberWho(client, context.env, { agent, fleet });
    return claims?.list() ?? [];
  } catch (error) {
    const who = isAway(error) ? recallWho(client, context.env) : null;
    if (!isAway(error)) throw error;
    const worktree = who && findWorktree(realpathSync(context.cwd));
    const folder = worktree && gitDirectory(worktree);
    return who && folder ? new HeldClaims(folder, { url: client.url, ...who }).list() : [];
  }
}

/** Without words it is the only task that this checkout holds for this agent; its lease is renewed. */
async function taskOf(client: Client, options: SendOptions, context: CommandContext): Promise<TaskOfBeat> {
  const { task, fence } = options;
  if (fence !== undefined) return { task, fence: Number(fence) };
  const held = await claimsOf(client, options, context);
  const [first, second] = task === undefined ? held : held.filter((claim) => claim.task === task);
  return first !== undefined && second === undefined ? first : { task, fence: undefined };
}

/** Delivers what waited before, since beats are told in their order. @throws what says that the server is away */
async function deliverEarlier(client: Client, { env, err }: CommandContext): Promise<void> {
  if (!hasWaiting(client, env)) return;
  const delivered = await deliverBeats(client, env);
  if (delivered !== null) err(`note ${printable(describeDelivered(delivered))}\n`);
}

/** Beats once. While the server is away the beat is kept, and delivered by a later one or by `sync`. */
export async function sendBeat(options: SendOptions, context: CommandContext): Promise<ExitCode> {
  const client = openClient({ ...options, ...ONCE, env: context.env });
  const at = await taskOf(client, options, context);
  const body = bodyOf(options, at, context.clock.now());
  const what = at.task === undefined ? options.status : `${options.status} ${at.task}`;
  try {
    await deliverEarlier(client, context);
    const received = await client.ask<typeof Endpoint>("POST /api/v1/heartbeat", { body });
    const lease = at.fence === undefined ? "" : "; its lease is renewed";
    return show(
      context,
      options,
      received,
      `the beat (${what}) was received at ${received.received_at}${lease}`,
    );
  } catch (error) {
    if (!isAway(error)) throw error;
    keepBeat(client, context.env, body);
    context.err(`note ${messageOf(error)}: the beat is kept, and will be delivered\n`);
    return show(context, options, { beat: body.beat, kept: true }, `the beat (${what}) is kept`);
  }
}
