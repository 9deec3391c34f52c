import { z } from "zod";
import { endpoint, instant, name, optionalPage, page, text } from "../../../platform/endpoint/index.ts";
import { LIVE_STATES, LIVE_STATUSES, WAITS } from "../../../vocabulary/live-state.ts";

const MAX_BUDGET_S = 24 * 3_600;
const MAX_THRESHOLD_S = 30 * 86_400;
const EVERYBODY = ["admin", "manager", "agent", "viewer"] as const;
const seconds = z.int().min(1).max(MAX_THRESHOLD_S);

const Tool = z.strictObject({
  name: text(200),
  budget_seconds: z.int().min(1).max(MAX_BUDGET_S).meta({ description: "How long it may take from now." }),
  call: text(100)
    .optional()
    .meta({ description: "Names this call: beats during it do not give it its budget again." }),
});

/** One beat as its agent says it. */
export const Beat = z
  .strictObject({
    beat: text(100)
      .optional()
      .meta({ description: "The agent's own name for this beat: told again, it is not counted again." }),
    timestamp: instant.optional().meta({ description: "By the agent's clock, which decides nothing." }),
    status: z.enum(LIVE_STATUSES).default("doing"),
    agent: name(64).optional().meta({ description: "Who beats: the agent of the token and nobody else." }),
    session: text(200).optional(),
    task: text(200).optional(),
    fence: z.int().min(1).optional().meta({ description: "From the claim of the task: renews its lease." }),
    progress: text(500).optional().meta({ description: "Such as 40%, or a sentence." }),
    file: text(1_024).optional(),
    tool: Tool.optional().meta({
      description: "The tool in flight: until its budget is used up, silence is no news.",
    }),
    waiting_for: z.enum(WAITS).optional(),
    until: instant.optional().meta({ description: "When the wait ends; needed for a rate limit." }),
    tree: text(100).optional().meta({ description: "Sum of the working tree: another one is progress." }),
    result: text(100).optional().meta({ description: "Sum of the last result: another one is progress." }),
  })
  .check((context) => {
    const { status, waiting_for, until, fence, task } = context.value;
    const say = (path: string, message: string) =>
      context.issues.push({ code: "custom", path: [path], message, input: context.value });
    if ((status === "waiting") !== (waiting_for !== undefined))
      say("waiting_for", "is said by a status of waiting, and by no other");
    if (waiting_for === "rate-limit" && until === undefined) say("until", "is needed for a rate limit");
    if (until !== undefined && waiting_for === undefined) say("until", "is said of a wait");
    if (fence !== undefined && task === undefined) say("fence", "is of a task, which is missing");
  });
export type Beat = z.output<typeof Beat>;

export const Received = z.object({
  beat: z.string(),
  received_at: z.string().meta({ description: "RFC 3339" }),
  repeated: z.boolean().meta({ description: "It was received before, and is not counted again." }),
});
export type Received = z.output<typeof Received>;

export const sendBeat = endpoint({
  name: "heartbeat_beat",
  method: "POST",
  path: "/api/v1/heartbeat",
  says: "Says that the agent of this token is alive, what it does and how far it is; answered when it is durable.",
  roles: ["agent"],
  body: Beat,
  answer: Received,
});

export const MAX_LINES = 5_000;

export const sendBeats = endpoint({
  name: "heartbeat_batch",
  method: "POST",
  path: "/api/v1/heartbeat/batch",
  says: `Up to ${MAX_LINES} beats of the agent of this token, one a line; each is judged by itself.`,
  roles: ["agent"],
  lines: true,
  answer: z.object({
    received: z.int().meta({ description: "Beats that are new." }),
    repeated: z.int().meta({ description: "Beats that were received before." }),
    refused: z.array(z.object({ line: z.int(), code: z.string(), detail: z.string() })),
  }),
});

export const AgentState = z.object({
  agent: z.string(),
  state: z.enum(LIVE_STATES),
  since: z.string(),
  alive_at: z.string().meta({ description: "When its last beat was received." }),
  active: z
    .object({ tool: z.string(), since: z.string(), until: z.string() })
    .nullable()
    .meta({ description: "The tool in flight and until when it may take." }),
  progressing_at: z.string().meta({ description: "When task, tree or result changed last." }),
  status: z.enum(LIVE_STATUSES),
  task: z.string().nullable(),
  task_since: z.string().nullable(),
  progress: z.string().nullable(),
  file: z.string().nullable(),
  session: z.string().nullable(),
  waiting: z.object({ for: z.enum(WAITS), until: z.string().nullable() }).nullable(),
  clock_off_seconds: z.number().nullable().meta({ description: "How far the agent's clock is ahead." }),
});
export type AgentState = z.output<typeof AgentState>;

export const listStates = endpoint({
  name: "heartbeat_live",
  method: "GET",
  path: "/api/v1/heartbeat",
  says: "Where each agent that ever beat stands now, by name.",
  roles: EVERYBODY,
  query: z.strictObject({ ...optionalPage, agent: name(64).optional() }),
  answer: page(AgentState),
});

export const Change = z.object({
  agent: z.string(),
  at: z.string(),
  from: z.enum(LIVE_STATES).nullable(),
  to: z.enum(LIVE_STATES),
  task: z.string().nullable(),
});

export const listChanges = endpoint({
  name: "heartbeat_changes",
  method: "GET",
  path: "/api/v1/heartbeat/changes",
  says: "Each change of an agent's state, newest first.",
  roles: EVERYBODY,
  query: z.strictObject({ ...optionalPage, agent: name(64).optional() }),
  answer: page(Change),
});

export const ThresholdsView = z.object({
  agent: z.string().nullable().meta({ description: "Null for the fleet." }),
  interval_seconds: z.int(),
  late_seconds: z.int(),
  stale_seconds: z.int(),
  offline_seconds: z.int(),
  keep_days: z.int().nullable().meta({ description: "How long beats are kept; of the fleet." }),
});
export type ThresholdsView = z.output<typeof ThresholdsView>;

export const listThresholds = endpoint({
  name: "heartbeat_thresholds",
  method: "GET",
  path: "/api/v1/heartbeat/thresholds",
  says: "How often agents are to beat and when they are late, stale, offline: the fleet's, then those of agents that have their own.",
  roles: EVERYBODY,
  answer: z.object({ items: z.array(ThresholdsView) }),
});

export const setThresholds = endpoint({
  name: "heartbeat_set_thresholds",
  method: "PUT",
  path: "/api/v1/heartbeat/thresholds",
  says: "Sets the fleet's thresholds, or an agent's; what is null is left to the fleet, or to the product.",
  roles: ["admin", "manager"],
  body: z.strictObject({
    agent: name(64).optional(),
    interval_seconds: seconds.nullable().optional(),
    late_seconds: seconds.nullable().optional(),
    stale_seconds: seconds.nullable().optional(),
    offline_seconds: seconds.nullable().optional(),
    keep_days: z.int().min(1).max(3_650).nullable().optional(),
  }),
  answer: ThresholdsView,
});

const DAYS = 7;
const days = z.coerce.number().int().min(1).max(366).default(DAYS).meta({ description: "How far back." });

const Rhythm = z.object({
  agent: z.string(),
  beats: z.int().meta({ description: "Arrivals; beats that came together are one." }),
  median_seconds: z.number(),
  p95_seconds: z.number(),
});
const Bottleneck = z.object({
  task: z.string(),
  agent: z.string(),
  stalled_seconds: z.number().meta({ description: "The longest time without another tree, result or task." }),
  silent_seconds: z.number().meta({ description: "Silences of a minute or more, added up." }),
  is_going_on: z.boolean().meta({ description: "Whether the longest stall lasts until now." }),
});
const Silence = z.object({
  agent: z.string(),
  task: z.string().nullable(),
  from: z.string(),
  to: z.string().nullable().meta({ description: "Null while it lasts." }),
  seconds: z.number(),
});
export const Patterns = z.object({
  days: z.int(),
  rhythms: z.array(Rhythm),
  bottlenecks: z.array(Bottleneck),
  silences: z.array(Silence),
});
export type Patterns = z.output<typeof Patterns>;

export const showPatterns = endpoint({
  name: "heartbeat_patterns",
  method: "GET",
  path: "/api/v1/heartbeat/patterns",
  says: "How often agents beat, which tasks stand still longest, and who was silent longest.",
  roles: EVERYBODY,
  query: z.strictObject({ days }),
  answer: Patterns,
});

const MAX_MINUTES = 10_080;
const MAX_TRIED = 20;
const MONTH = 30;
const GRACE = 10;

export const Tried = z.object({
  minutes: z.number(),
  alerts: z.int(),
  false_alerts: z.int(),
  undecided: z.int().meta({ description: "Of the alerts, those whose grace is not over yet." }),
});
export const Backtest = z.object({
  days: z.int(),
  grace_minutes: z.number(),
  thresholds: z.array(Tried),
});
export type Backtest = z.output<typeof Backtest>;

export const backtest = endpoint({
  name: "heartbeat_backtest",
  method: "GET",
  path: "/api/v1/heartbeat/backtest",
  says: "How many alerts thresholds would have raised, and how many of them falsely: the same session beat again by itself within the grace after the alert.",
  roles: EVERYBODY,
  query: z.strictObject({
    minutes: z
      .string()
      .max(200)
      .default("10,15,20")
      .transform((list) => list.split(",").map(Number))
      .pipe(z.array(z.number().min(1).max(MAX_MINUTES)).min(1).max(MAX_TRIED))
      .meta({ description: "Thresholds to try, with commas between." }),
    days: z.coerce.number().int().min(1).max(366).default(MONTH).meta({ description: "How far back." }),
    grace: z.coerce.number().min(0).max(MAX_MINUTES).default(GRACE).meta({ description: "Minutes." }),
  }),
  answer: Backtest,
});
