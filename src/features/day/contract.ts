import { z } from "zod";
import { endpoint, optionalPage, page, text } from "../../platform/endpoint/index.ts";
import { CHECKLIST } from "../../vocabulary/checklist.ts";
import { PRIORITIES } from "../../vocabulary/task.ts";

const count = z.int();
const READERS = ["admin", "manager", "viewer"] as const;

export const Box = z.strictObject({
  box: z.enum(CHECKLIST).meta({ description: "As the specification words it." }),
  ticked: z.boolean(),
  because: text(4_000).meta({ description: "What was seen." }),
});
export type Box = z.output<typeof Box>;

export const StartView = z.object({
  start: count,
  at: z.string().meta({ description: "RFC 3339" }),
  by: z.string(),
  checklist: z.array(Box),
  asked: count.meta({ description: "Agents that were asked for an update." }),
});
export type StartView = z.output<typeof StartView>;

export const Survey = z.object({
  fleet: z.string(),
  since: z.string().meta({ description: "The start that this one is compared with, or a day ago." }),
  last: StartView.nullable().meta({ description: "That start." }),
  states: z.record(z.string(), count).meta({ description: "Tasks by state." }),
  agents: count,
  idle: z.object({ count, names: z.array(z.string()) }).meta({ description: "Agents that hold no task." }),
  blockers: z.object({
    count,
    items: z.array(
      z.object({
        task: z.string(),
        title: z.string(),
        priority: z.enum(PRIORITIES),
        holder: z.string().nullable(),
        type: z.string().nullable(),
        reason: z.string().nullable(),
        since: z.string(),
        holds_up: count.meta({ description: "Open tasks behind it, also through others." }),
      }),
    ),
  }),
  waiting: z.object({
    count,
    items: z.array(
      z.object({
        task: z.string(),
        priority: z.enum(PRIORITIES),
        needs: z.array(z.string()),
        never: z.array(z.string()).meta({ description: "Of these, what was cancelled." }),
      }),
    ),
  }),
  unmoved: z
    .array(z.object({ task: z.string(), title: z.string(), agent: z.string(), last_at: z.string() }))
    .meta({ description: "Claimed tasks without progress since then; their agents are asked." }),
});
export type Survey = z.output<typeof Survey>;

export const surveyDay = endpoint({
  name: "day_survey",
  method: "GET",
  path: "/api/v1/day/survey",
  says: "What a morning needs to know of agents and tasks: who has none, what is blocked and holds others up, what waits, what has not moved since the last start.",
  roles: READERS,
  answer: Survey,
});

export const startDay = endpoint({
  name: "day_start",
  method: "POST",
  path: "/api/v1/day",
  says: "Keeps the start of a day with its filled checklist, and asks the agents of tasks that have not moved since the last start for an update.",
  roles: ["admin", "manager"],
  body: z.strictObject({ checklist: z.array(Box).max(CHECKLIST.length) }),
  answer: StartView,
  status: 201,
});

export const listDays = endpoint({
  name: "day_list",
  method: "GET",
  path: "/api/v1/day",
  says: "Starts of days with what was seen then, newest first.",
  roles: READERS,
  query: z.strictObject(optionalPage),
  answer: page(StartView),
});
