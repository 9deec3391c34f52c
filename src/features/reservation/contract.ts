import { z } from "zod";
import { endpoint, name, optionalPage, page, text } from "../../platform/endpoint/index.ts";
import { RESERVATION_STATES, RESOURCE_KINDS } from "../../vocabulary/reservation.ts";

const ALL = ["admin", "manager", "agent", "viewer"] as const;
const MIN_LEASE_S = 10;
const MAX_LEASE_S = 86_400;
const MAX_RESOURCES = 64;
const MAX_PATTERN = 500;

const reservationId = z.coerce.number().int().min(1);
const params = z.strictObject({ reservation: reservationId });
const taskId = name(128);
const leaseSeconds = z
  .int()
  .min(MIN_LEASE_S)
  .max(MAX_LEASE_S)
  .meta({ description: "How long it lasts without being renewed." });
const fence = z.int().min(1).meta({ description: "The fence that taking it answered." });

export const Resource = z.strictObject({
  kind: z.enum(RESOURCE_KINDS),
  pattern: text(MAX_PATTERN).meta({
    description:
      "Of files: a glob of *, ?, ** and {a,b} from the top of the repository. Else the name of the environment or thing.",
  }),
  repository: name()
    .optional()
    .meta({ description: "Whose files, as the fleet calls it; left out: those of any repository." }),
  shared: z
    .boolean()
    .default(false)
    .meta({ description: "true: held together with others who share it, as readers do; false: alone." }),
});
export type Resource = z.output<typeof Resource>;

const resources = z
  .array(Resource)
  .min(1)
  .max(MAX_RESOURCES)
  .meta({ description: "What is needed at once; all of it is granted, or nothing." });

export const ResourceView = z.object({
  kind: z.enum(RESOURCE_KINDS),
  pattern: z.string(),
  repository: z.string().nullable(),
  shared: z.boolean(),
});
export type ResourceView = z.output<typeof ResourceView>;

const Neighbour = z.object({ reservation: z.int(), agent: z.string() });

/** A reservation. Times are RFC 3339. */
export const ReservationView = z.object({
  id: z.int(),
  agent: z.string(),
  state: z.enum(RESERVATION_STATES),
  resources: z.array(ResourceView),
  purpose: z.string().nullable(),
  task: z.string().nullable().meta({ description: "The task whose claim it does not outlast." }),
  fence: z.int().nullable().meta({ description: "Higher than that of any granted before; null until then." }),
  lease_seconds: z.int().nullable(),
  lease_until: z
    .string()
    .nullable()
    .meta({ description: "null while it waits, and when it lasts as long as the claim of its task." }),
  wait_until: z.string().nullable().meta({ description: "When it stops waiting." }),
  waits_for: z.array(Neighbour).meta({ description: "Who was earlier and is in its way." }),
  asked_at: z.string(),
  granted_at: z.string().nullable(),
  ended_at: z.string().nullable(),
  reason: z.string().nullable().meta({ description: "Why it ended, where that was said." }),
});
export type ReservationView = z.output<typeof ReservationView>;

export const takeReservation = endpoint({
  name: "reservation_take",
  method: "POST",
  path: "/api/v1/reservation",
  says: "Reserves resources for the caller, all or none. Refused when somebody has or waits for one of them, unless wait_seconds says to queue: then look at its state until it is held.",
  roles: ["agent"],
  body: z.strictObject({
    resources,
    lease_seconds: leaseSeconds.optional().meta({
      description: "Seconds until it ends unless renewed: 900, or with a task as long as its claim.",
    }),
    task: taskId.optional().meta({ description: "A task that the caller holds: it ends with the claim." }),
    purpose: text(300).optional().meta({ description: "What for, for those who wait." }),
    wait_seconds: z
      .int()
      .min(0)
      .max(MAX_LEASE_S)
      .default(0)
      .meta({ description: "How long to stand in the queue when it cannot be had at once." }),
  }),
  answer: ReservationView,
  status: 201,
});

export const listReservations = endpoint({
  name: "reservation_list",
  method: "GET",
  path: "/api/v1/reservation",
  says: "Reservations that are held or waited for, in the order in which they were asked for.",
  roles: ALL,
  query: z.strictObject({
    ...optionalPage,
    agent: name(64).optional(),
    task: taskId.optional(),
    state: z.enum(RESERVATION_STATES).optional().meta({ description: "Also those that have ended." }),
  }),
  answer: page(ReservationView),
});

export const showReservation = endpoint({
  name: "reservation_show",
  method: "GET",
  path: "/api/v1/reservation/:reservation",
  says: "One reservation as it stands; how who waits learns that it is held.",
  roles: ALL,
  params,
  answer: ReservationView,
});

export const renewReservation = endpoint({
  name: "reservation_renew",
  method: "POST",
  path: "/api/v1/reservation/:reservation/renew",
  says: "Makes a held reservation last longer. Refused when it is not the caller's any more: then stop writing.",
  roles: ["agent"],
  params,
  body: z.strictObject({ fence, lease_seconds: leaseSeconds.optional() }),
  answer: ReservationView,
});

export const releaseReservation = endpoint({
  name: "reservation_release",
  method: "POST",
  path: "/api/v1/reservation/:reservation/release",
  says: "Gives a held reservation back, or leaves the queue; the next in the queue is granted at once.",
  roles: ["agent"],
  params,
  body: z.strictObject({
    fence: fence.optional().meta({ description: "Needed once it is held; one that waits has none." }),
  }),
  answer: ReservationView,
});

export const revokeReservation = endpoint({
  name: "reservation_revoke",
  method: "POST",
  path: "/api/v1/reservation/:reservation/revoke",
  says: "Takes a reservation away, whoever has it or waits for it.",
  roles: ["admin", "manager"],
  params,
  body: z.strictObject({ reason: text(2000) }),
  answer: ReservationView,
});

export const ConflictView = z.object({
  reservation: z.int(),
  agent: z.string(),
  state: z.enum(RESERVATION_STATES),
  task: z.string().nullable(),
  purpose: z.string().nullable(),
  wants: ResourceView.meta({ description: "Of what was asked about." }),
  has: ResourceView.meta({ description: "What stands against it." }),
  since: z.string().meta({ description: "RFC 3339" }),
  until: z.string().nullable().meta({ description: "RFC 3339; null: as long as its task is held." }),
});
export type ConflictView = z.output<typeof ConflictView>;

export const findConflicts = endpoint({
  name: "reservation_conflicts",
  method: "POST",
  path: "/api/v1/reservation/conflicts",
  says: "Who has or waits for any of these resources, the first hundred. Nothing is changed.",
  roles: ALL,
  reads: true,
  body: z.strictObject({ resources }),
  answer: z.object({ items: z.array(ConflictView) }),
});

export const ReservationEvent = z.object({
  event: z.int(),
  reservation: z.int().nullable(),
  agent: z.string().nullable().meta({ description: "Whose reservation it is." }),
  at: z.string().meta({ description: "RFC 3339" }),
  actor: z.string().meta({ description: "Who did it: agent:<name>, <role>:<token>, or server." }),
  kind: z.string(),
  fence: z.int().nullable(),
  details: z.record(z.string(), z.unknown()),
});
export type ReservationEvent = z.output<typeof ReservationEvent>;

export const listReservationEvents = endpoint({
  name: "reservation_events",
  method: "GET",
  path: "/api/v1/reservation/events",
  says: "Everything that happened to reservations, oldest first: who held what, when, and who waited for whom.",
  roles: ALL,
  query: z.strictObject({
    ...optionalPage,
    reservation: reservationId.optional(),
    agent: name(64).optional(),
  }),
  answer: page(ReservationEvent),
});

const Step = z.object({
  who: z.string().meta({ description: "agent:<name>, or task:<identifier>" }),
  waits_for: z.string(),
  because: z.string(),
});

export const CircleView = z.object({
  steps: z.array(Step).meta({ description: "Each waits for the next, the last for the first." }),
  found_at: z.string().meta({ description: "RFC 3339" }),
});
export type CircleView = z.output<typeof CircleView>;

export const listCircles = endpoint({
  name: "reservation_circles",
  method: "GET",
  path: "/api/v1/reservation/circles",
  says: "Agents that wait for each other in a circle and cannot go on: one has to release, or have a reservation revoked.",
  roles: ALL,
  answer: z.object({ items: z.array(CircleView) }),
});

export const TaskConflictView = z.object({
  kind: z.enum(["task", "reservation"]),
  task: z.string().nullable(),
  title: z.string().nullable(),
  reservation: z.int().nullable(),
  agent: z.string(),
  state: z.string(),
  path: z.string().meta({ description: "Of the task that was asked about." }),
  theirs: z.string().meta({ description: "What touches it." }),
  exact: z.boolean().meta({
    description: "false: one of the two is a glob that cannot be decided about, so it may touch.",
  }),
  since: z.string().meta({ description: "RFC 3339" }),
});
export type TaskConflictView = z.output<typeof TaskConflictView>;

export const findTaskConflicts = endpoint({
  name: "task_conflicts",
  method: "GET",
  path: "/api/v1/task/:task/conflicts",
  says: "Who else touches what this task may touch: tasks that others hold, and reservations of others. The first hundred of each.",
  roles: ALL,
  params: z.strictObject({ task: taskId }),
  answer: z.object({
    paths: z.array(z.string()).meta({ description: "What the task may touch; none: nothing was compared." }),
    items: z.array(TaskConflictView),
  }),
});
