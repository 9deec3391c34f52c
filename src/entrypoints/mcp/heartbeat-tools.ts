import { z } from "zod";
import { type Beat, sendBeat } from "../../features/heartbeat/live/contract.ts";
import { type Desk, openDesk } from "../../features/task/index.ts";
import { type ErrorCode, type Fault, isFault, isRefusal, Refusal } from "../../platform/errors/index.ts";
import type { Tool } from "../../platform/mcp/index.ts";
import { readHeartbeatStatus, recordBeat, verifyHeartbeat } from "../library/heartbeat-records.ts";
import { READS, repositoryTool, revision } from "./repository-tool.ts";
import { GuardAnswer } from "./verdict-answers.ts";
import type { Workplace } from "./workplace.ts";

/** Statuses that a record of the checkout knows (contract §1); a wait is live alone. */
const RECORDED = new Set(["doing", "blocked", "done"]);
/** There is no control plane here: a beat is no worse for it. */
const AWAY: ReadonlySet<ErrorCode> = new Set(["TOKEN_MISSING", "SERVER_UNAVAILABLE", "DATABASE_UNAVAILABLE"]);

const Problem = z.object({ code: z.string(), message: z.string(), hint: z.string().optional() });
type Said = z.output<typeof Beat>;

interface Live {
  desk: Desk | null;
  beat: Said;
  received: z.output<typeof sendBeat.answer> | null;
  problem: Refusal | Fault | null;
}

function away(error: unknown): Refusal | Fault {
  if ((isRefusal(error) || isFault(error)) && AWAY.has(error.code)) return error;
  throw error;
}

/** The task of the beat with the fence of its claim, or the only claim of this checkout. */
function withClaim(beat: Said, desk: Desk): Said {
  if (beat.fence !== undefined) return beat;
  const held = desk.claims?.list() ?? [];
  const mine = beat.task === undefined ? held : held.filter(({ task }) => task === beat.task);
  const [only, second] = mine;
  return only !== undefined && second === undefined ? { ...beat, task: only.task, fence: only.fence } : beat;
}

async function beatLive(given: Said, { server, context }: Workplace): Promise<Live> {
  let [desk, beat]: [Desk | null, Said] = [null, given];
  try {
    desk = await openDesk({ ...server, waits: false }, context);
    if (desk.agent === null)
      throw new Refusal("TOKEN_MISSING", "the token is a person's: only an agent beats");
    beat = withClaim(given, desk);
    const received = await desk.client.ask<typeof sendBeat>("POST /api/v1/heartbeat", { body: beat });
    return { desk, beat, received, problem: null };
  } catch (error) {
    return { desk, beat, received: null, problem: away(error) };
  }
}

/** A line in this checkout, for the guard; null where there is nothing to record. */
async function record({ desk, beat }: Live, { context }: Workplace) {
  const agent = desk?.agent ?? beat.agent ?? context.env.GROWTH_ENGINE_AGENT;
  const { task, status, progress, file, session } = beat;
  const isOutside = desk !== null && desk.repository?.worktree == null;
  if (agent === undefined || task === undefined || isOutside || !RECORDED.has(status)) return null;
  return recordBeat(context.cwd, { agent, task, status, progress, file, session });
}

async function beat(given: Said, place: Workplace) {
  const live = await beatLive(given, place);
  const written = await record(live, place);
  const { received, problem, beat: said } = live;
  if (written === null && received === null)
    throw new Refusal(
      "INPUT_INVALID",
      `nobody heard this beat: no control plane (${problem?.message}), and no agent and task for a record of this checkout`,
      {
        hint: "name the task and set GROWTH_ENGINE_AGENT, or GROWTH_ENGINE_URL and GROWTH_ENGINE_TOKEN",
      },
    );
  const { code, message, hint } = problem ?? {};
  return {
    task: said.task ?? null,
    record: written === null ? null : written.path,
    live: received,
    renewed: received !== null && said.fence !== undefined,
    ...(code === undefined || message === undefined
      ? {}
      : { live_problem: { code, message, ...(hint === undefined ? {} : { hint }) } }),
  };
}

function beatTool(place: Workplace): Tool {
  const body = sendBeat.body;
  return repositoryTool({
    name: "heartbeat_beat",
    says: "Says that work goes on, waits or is done: one line in this checkout, and a live beat where there is a control plane, which renews the lease of the task that this checkout holds. Beat every few minutes.",
    input: body,
    answer: z.object({
      task: z.string().nullable(),
      record: z
        .string()
        .nullable()
        .meta({ description: "The file of this checkout that holds the beat; commit it." }),
      live: sendBeat.answer.nullable(),
      renewed: z.boolean().meta({ description: "The lease of the task was renewed." }),
      live_problem: Problem.optional().meta({ description: "Why the control plane did not hear it." }),
    }),
    run: (given) => beat(given, place),
  });
}

function statusTool({ context }: Workplace): Tool {
  return repositoryTool({
    name: "heartbeat_status",
    says: "The agents and tasks that beat in this checkout: fresh, late, blocked or done. Times are milliseconds.",
    input: z.strictObject({
      agent: z.string().max(200).optional(),
      task: z.string().max(200).optional(),
      all: z.boolean().optional().meta({ description: "Also what was done over a day ago." }),
    }),
    answer: z.looseObject({
      staleAfter: z.number(),
      isLate: z.boolean(),
      tasks: z.array(
        z.looseObject({
          agent: z.string(),
          task: z.string(),
          state: z.enum(["late", "blocked", "fresh", "done"]),
          time: z.number(),
          progress: z.string().nullable(),
        }),
      ),
    }),
    hints: READS,
    run: (query) => readHeartbeatStatus(context.cwd, query, context.clock.now()),
  });
}

function verifyTool({ context }: Workplace): Tool {
  return repositoryTool({
    name: "heartbeat_verify",
    says: "Checks lines, order and gaps of every heartbeat file of this checkout, with how each agent beats.",
    input: z.strictObject({ head: revision.optional() }),
    answer: z.object({
      guard: GuardAnswer,
      trends: z.array(z.looseObject({ agent: z.string(), beats: z.number() })),
    }),
    hints: READS,
    run: (query) => verifyHeartbeat(context.cwd, query),
  });
}

/** Who works in this checkout. */
export function heartbeatTools(place: Workplace): Tool[] {
  return [beatTool(place), statusTool(place), verifyTool(place)];
}
