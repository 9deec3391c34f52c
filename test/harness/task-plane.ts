import type * as contract from "../../src/features/task/contract.ts";
import { type ControlPlane, startControlPlane } from "./control-plane.ts";

type Asker = ReturnType<ControlPlane["as"]>;
type Body<T> = T extends { body: { _zod: { input: infer B } } } ? B : never;

/** The deeds of tasks as functions, for one token. */
export function tasksAs(ask: Asker) {
  const params = (task: string) => ({ params: { task } });
  return {
    add: (body: Body<typeof contract.addTask>) => ask<typeof contract.addTask>("POST /api/v1/task", { body }),
    show: (task: string) => ask<typeof contract.showTask>("GET /api/v1/task/:task", params(task)),
    list: (query: Record<string, string> = {}) =>
      ask<typeof contract.listTasks>("GET /api/v1/task", { query: query as never }),
    next: (limit = 1) =>
      ask<typeof contract.nextTasks>("GET /api/v1/task/next", { query: { limit: String(limit) } as never }),
    claimNext: () => ask<typeof contract.claimNextTask>("POST /api/v1/task/claim"),
    claim: (task: string) => ask<typeof contract.claimTask>("POST /api/v1/task/:task/claim", params(task)),
    renew: (task: string, fence: number) =>
      ask<typeof contract.renewTask>("POST /api/v1/task/:task/renew", { ...params(task), body: { fence } }),
    progress: (task: string, body: Body<typeof contract.recordProgress>) =>
      ask<typeof contract.recordProgress>("POST /api/v1/task/:task/progress", { ...params(task), body }),
    block: (task: string, body: Body<typeof contract.blockTask>) =>
      ask<typeof contract.blockTask>("POST /api/v1/task/:task/block", { ...params(task), body }),
    resume: (task: string, body: Body<typeof contract.resumeTask> = {}) =>
      ask<typeof contract.resumeTask>("POST /api/v1/task/:task/resume", { ...params(task), body }),
    handOver: (task: string, body: Body<typeof contract.handOverTask>) =>
      ask<typeof contract.handOverTask>("POST /api/v1/task/:task/hand-over", { ...params(task), body }),
    reassign: (task: string, body: Body<typeof contract.reassignTask>) =>
      ask<typeof contract.reassignTask>("POST /api/v1/task/:task/reassign", { ...params(task), body }),
    assign: (body: Body<typeof contract.assignTasks>) =>
      ask<typeof contract.assignTasks>("POST /api/v1/task/assign", { body }),
    cancel: (task: string, reason = "not needed") =>
      ask<typeof contract.cancelTask>("POST /api/v1/task/:task/cancel", {
        ...params(task),
        body: { reason },
      }),
    depend: (task: string, body: Body<typeof contract.dependTask>) =>
      ask<typeof contract.dependTask>("POST /api/v1/task/:task/depend", { ...params(task), body }),
    update: (task: string, body: Body<typeof contract.updateTask>) =>
      ask<typeof contract.updateTask>("POST /api/v1/task/:task/update", { ...params(task), body }),
    complete: (task: string, fence: number, facts: Body<typeof contract.completeTask>["facts"] = {}) =>
      ask<typeof contract.completeTask>("POST /api/v1/task/:task/complete", {
        ...params(task),
        body: { fence, facts },
      }),
    check: (task: string, facts: Body<typeof contract.checkCompletion>["facts"] = {}) =>
      ask<typeof contract.checkCompletion>("POST /api/v1/task/:task/check", {
        ...params(task),
        body: { facts },
      }),
    events: (task: string) => ask<typeof contract.listEvents>("GET /api/v1/task/:task/events", params(task)),
    import: (body: Body<typeof contract.importTasks>) =>
      ask<typeof contract.importTasks>("POST /api/v1/task/import", { body }),
    settings: () => ask<typeof contract.showSettings>("GET /api/v1/task/settings"),
    setSettings: (body: Body<typeof contract.setSettings>) =>
      ask<typeof contract.setSettings>("PUT /api/v1/task/settings", { body }),
    setAgentLease: (agent: string, lease_seconds: number | null) =>
      ask<typeof contract.setAgentLease>("PUT /api/v1/task/settings/agent/:agent", {
        params: { agent },
        body: { lease_seconds },
      }),
  };
}

export type Tasks = ReturnType<typeof tasksAs>;

/** A control plane with a manager and as many agents as are named. */
export async function startTaskPlane<const A extends string>(
  ...agents: A[]
): Promise<{ plane: ControlPlane; manager: Tasks; agent: Record<A, Tasks>; token: Record<A, string> }> {
  const plane = await startControlPlane();
  const manager = tasksAs(plane.as(await plane.token("manager")));
  const tokens = await Promise.all(agents.map((agent) => plane.token("agent", { agent })));
  const token = Object.fromEntries(agents.map((agent, at) => [agent, tokens[at] ?? ""])) as Record<A, string>;
  const agent = Object.fromEntries(agents.map((name) => [name, tasksAs(plane.as(token[name]))])) as Record<
    A,
    Tasks
  >;
  return { plane, manager, agent, token };
}
