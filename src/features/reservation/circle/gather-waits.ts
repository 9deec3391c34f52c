import type { Transaction } from "../../../platform/database/index.ts";
import { listNeeds, type Need } from "../../task/index.ts";
import type { ResourceView } from "../contract.ts";
import { describeResources } from "../describe-resources.ts";
import type { Wait } from "./rules.ts";
import { listWaits, type WaitRow } from "./wait-store.ts";

/** What an agent that waits for a reservation waits for: its holder, and what the holder's task waits for. */
function waitsOn(
  agent: string,
  blocker: Omit<WaitRow, "agent" | "reservation">,
  needs: readonly Need[],
): Wait[] {
  const who = `agent:${agent}`;
  const { blocker: id, blocker_agent, blocker_task, blocker_resources } = blocker;
  const what = `reservation ${id}: ${describeResources(blocker_resources)}`;
  return [
    { who, waits_for: `agent:${blocker_agent}`, because: what },
    ...needs
      .filter(({ task }) => task === blocker_task)
      .map((need) => ({
        who,
        waits_for: `task:${need.needs}`,
        because: `reservation ${id} lasts as long as ${need.task}, which depends on ${need.needs}`,
      })),
  ];
}

/** What a task waits for: who is to do it, and the tasks that it depends on. */
function taskWaits(needs: readonly Need[]): Wait[] {
  return needs.flatMap(({ task, needs: needed, agent }) => [
    { who: `task:${task}`, waits_for: `task:${needed}`, because: `depends on ${needed}` },
    ...(agent === null
      ? []
      : [{ who: `task:${needed}`, waits_for: `agent:${agent}`, because: `${agent} is to do it` }]),
  ]);
}

/** A blocker of a reservation that is asked for now. */
export interface Blocker {
  id: number;
  agent: string;
  task: string | null;
  resources: ResourceView[];
}

/**
 * Who waits for whom in a fleet, through reservations and through tasks.
 * @param asked waits of one agent that are to be added
 */
export async function gatherWaits(
  transaction: Transaction,
  fleet: string,
  asked: { agent: string; blockers: readonly Blocker[] } = { agent: "", blockers: [] },
): Promise<{ waits: Wait[]; added: Wait[] }> {
  const rows = await listWaits(transaction, fleet);
  const tasks = [...rows.map(({ blocker_task }) => blocker_task), ...asked.blockers.map(({ task }) => task)];
  const needs = await listNeeds(transaction, fleet, [...new Set(tasks.filter((task) => task !== null))]);
  const added = asked.blockers.flatMap(({ id, agent, task, resources }) =>
    waitsOn(
      asked.agent,
      { blocker: id, blocker_agent: agent, blocker_task: task, blocker_resources: resources },
      needs,
    ),
  );
  return { waits: [...rows.flatMap((row) => waitsOn(row.agent, row, needs)), ...taskWaits(needs)], added };
}
