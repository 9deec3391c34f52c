import { utcTimestamp } from "../../../platform/clock/index.ts";
import type { AgentState } from "./contract.ts";
import { stateOf, thresholdsOf } from "./rules.ts";
import type { StateRow } from "./state-store.ts";

const SECOND = 1_000;
const written = (instant: number | null): string | null => (instant === null ? null : utcTimestamp(instant));

function activeOf({ tool, tool_since, tool_until }: StateRow): AgentState["active"] {
  if (tool === null || tool_since === null || tool_until === null) return null;
  return { tool, since: utcTimestamp(tool_since), until: utcTimestamp(tool_until) };
}

/** Since when an agent is what it is now, which the sweep may not have noticed yet. */
function sinceOf(row: StateRow, state: AgentState["state"], now: number): number {
  if (state === row.state || row.silent_from === null) return row.state_since;
  const { late, stale, offline } = thresholdsOf(row.own, row.fleet);
  const after = { late, stale, offline }[state as "late"] ?? null;
  return after === null ? row.alive_at : Math.min(now, row.silent_from + after);
}

/** Where an agent stands now: its three signals, and what is made of them. */
export function viewState(row: StateRow, now: number): AgentState {
  const state = stateOf(
    { says: row.says, silentFrom: row.silent_from },
    thresholdsOf(row.own, row.fleet),
    now,
  );
  return {
    agent: row.agent,
    state,
    since: utcTimestamp(sinceOf(row, state, now)),
    alive_at: utcTimestamp(row.alive_at),
    active: activeOf(row),
    progressing_at: utcTimestamp(row.progressing_at),
    status: row.status,
    task: row.task,
    task_since: written(row.task_since),
    progress: row.progress,
    file: row.file,
    session: row.session,
    waiting: row.waiting_for === null ? null : { for: row.waiting_for, until: written(row.waiting_until) },
    clock_off_seconds: row.sent_at === null ? null : Math.round((row.sent_at - row.alive_at) / SECOND),
  };
}
