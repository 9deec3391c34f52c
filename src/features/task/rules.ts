import type { TaskState } from "../../vocabulary/task.ts";

/** What can be done to a task that is there, in which states, and what state that leads to. */
export const DEEDS = {
  claim: { from: ["assigned"], to: "in_progress" },
  progress: { from: ["assigned", "in_progress", "blocked"], to: null },
  update: { from: ["assigned", "in_progress", "blocked"], to: null },
  depend: { from: ["assigned", "in_progress", "blocked"], to: null },
  block: { from: ["in_progress"], to: "blocked" },
  resume: { from: ["blocked"], to: "in_progress" },
  hand_over: { from: ["in_progress", "blocked"], to: "assigned" },
  assign: { from: ["assigned"], to: "assigned" },
  reassign: { from: ["assigned", "in_progress", "blocked"], to: "assigned" },
  complete: { from: ["in_progress"], to: "completed" },
  cancel: { from: ["assigned", "in_progress", "blocked"], to: "cancelled" },
} as const satisfies Record<string, { from: readonly TaskState[]; to: TaskState | null }>;
export type Deed = keyof typeof DEEDS;

/** Who does it: an agent with the fence it shows, or a manager, who needs none. */
export type Doer = { agent: string; fence: number | null } | "manager";

/** What decides whether a deed may happen. */
export interface Standing {
  state: TaskState;
  ready: boolean;
  assignee: string | null;
  holder: string | null;
  /** Of the last claim, whoever made it. */
  fence: number | null;
  /** Milliseconds since 1970; null when nobody holds it, and while it is blocked. */
  lease_until: number | null;
}

/** Has the lease run out? At its very end it has. */
export function isExpired({ lease_until }: Pick<Standing, "lease_until">, now: number): boolean {
  return lease_until !== null && lease_until <= now;
}

/** Why a deed may not happen, in the order in which a caller would want to know. */
export type Objection = "TASK_FENCE_STALE" | "TASK_STATE" | "TASK_HELD" | "TASK_ASSIGNED" | "TASK_NOT_READY";

function objectToClaim(task: Standing, agent: string, now: number): Objection | null {
  if (task.state === "completed" || task.state === "cancelled") return "TASK_STATE";
  if (task.holder !== null && !isExpired(task, now)) return "TASK_HELD";
  if (task.assignee !== null && task.assignee !== agent) return "TASK_ASSIGNED";
  // An expired one is claimed after it was returned, which asks again.
  return task.ready || task.holder !== null ? null : "TASK_NOT_READY";
}

function isHeldBy(task: Standing, { agent, fence }: { agent: string; fence: number | null }, now: number) {
  return task.holder === agent && task.fence === fence && !isExpired(task, now);
}

/** Why a deed may not happen to a task as it stands; null when it may. The statement of the deed asks the same. */
export function objectionTo(deed: Deed, task: Standing, doer: Doer, now: number): Objection | null {
  if (deed === "claim") return doer === "manager" ? "TASK_STATE" : objectToClaim(task, doer.agent, now);
  if (doer !== "manager" && !isHeldBy(task, doer, now)) return "TASK_FENCE_STALE";
  const from: readonly TaskState[] = DEEDS[deed].from;
  // What ran out waits for a claim, whether or not the job has returned it.
  if (from.includes(isExpired(task, now) ? "assigned" : task.state)) return null;
  return deed === "assign" && task.holder !== null ? "TASK_HELD" : "TASK_STATE";
}
