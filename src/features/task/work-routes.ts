import { utcTimestamp } from "../../platform/clock/index.ts";
import { Refusal } from "../../platform/errors/index.ts";
import { type Route, route } from "../../platform/server/index.ts";
import { claimNextTask, claimTask } from "./claim-task.ts";
import { blockColumns, progressColumns, resumeColumns } from "./columns-store.ts";
import { completeTask } from "./completion/complete-task.ts";
import * as contract from "./contract.ts";
import { doDeed, doerOf } from "./do-deed.ts";
import { handOverTask } from "./give-task.ts";
import { findLease, renewLeases } from "./lease-store.ts";
import { refuseDeed, unknownTask } from "./refuse-deed.ts";
import { viewTask } from "./task-row.ts";
import { findTask } from "./task-store.ts";

/** What agents do with tasks: take, tell, give on, complete. */
export const WORK_ROUTES: readonly Route[] = [
  route(contract.claimTask, async ({ transaction, actor, params, now }) =>
    viewTask(await claimTask(transaction, actor, params.task, now)),
  ),
  route(contract.claimNextTask, async ({ transaction, actor, now }) =>
    viewTask(await claimNextTask(transaction, actor, now)),
  ),
  route(contract.renewTask, async ({ transaction, actor, params, body, now }) => {
    const { fence } = body;
    const renewal = {
      fleet: actor.fleet.id,
      task: params.task,
      agent: actor.agent ?? "",
      fence,
      progress: null,
    };
    const [answer] = await renewLeases(transaction, [renewal], now);
    if (answer === null) {
      const until = await findLease(transaction, params.task);
      return { fence, lease_until: until === null ? null : utcTimestamp(until) };
    }
    const task = await findTask(transaction, params.task);
    throw task ? refuseDeed("progress", task, doerOf(actor, fence), now) : unknownTask(params.task);
  }),
  route(contract.recordProgress, async ({ transaction, actor, params, body, now }) => {
    const { fence, percent, note, phase } = body;
    if (percent === undefined && note === undefined && phase === undefined) {
      if (!(await findTask(transaction, params.task))) throw unknownTask(params.task);
      throw new Refusal("INPUT_INVALID", "no progress was given", { hint: "say percent, note or phase" });
    }
    const columns = progressColumns({ percent, note, phase });
    const change = { id: params.task, fence, deed: "progress" as const, now, ...columns };
    return viewTask(await doDeed(transaction, actor, { ...change, details: { percent, note, phase } }));
  }),
  route(contract.blockTask, async ({ transaction, actor, params, body, now }) => {
    const { fence, type, reason, tried = null, impact = null } = body;
    const block = { type, reason, tried, impact };
    const change = { id: params.task, fence, deed: "block" as const, now, ...blockColumns(block, now) };
    return viewTask(await doDeed(transaction, actor, { ...change, details: block }));
  }),
  route(contract.resumeTask, async ({ transaction, actor, params, body, now }) => {
    const { fence, reason = null } = body;
    const change = { id: params.task, fence, deed: "resume" as const, now, ...resumeColumns(reason, now) };
    return viewTask(await doDeed(transaction, actor, { ...change, details: { reason } }));
  }),
  route(contract.handOverTask, async ({ transaction, actor, params, body, now }) =>
    viewTask(await handOverTask(transaction, actor, { id: params.task, ...body }, now)),
  ),
  route(contract.completeTask, async ({ transaction, actor, params, body, now }) => {
    const { task, released } = await completeTask(transaction, actor, { id: params.task, ...body, now });
    return { task: viewTask(task), released };
  }),
];
