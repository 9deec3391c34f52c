import { utcTimestamp } from "../../../platform/clock/index.ts";
import type { HookView, PullView, RunView } from "./contract.ts";
import type { HookRow } from "./hook/hook-store.ts";
import type { PullRow, RunRow } from "./pull-store.ts";

const written = (instant: number | null): string | null => (instant === null ? null : utcTimestamp(instant));
const SECOND = 1_000;

export function viewHook({ created_at, removed_at, old_until, ...hook }: HookRow): HookView {
  return {
    ...hook,
    path: `/api/v1/forge/${hook.forge}/${hook.id}`,
    created_at: utcTimestamp(created_at),
    removed_at: written(removed_at),
    old_until: written(old_until),
  };
}

export function viewPull({ opened_at, merged_at, updated_at, ...pull }: PullRow): PullView {
  return {
    ...pull,
    opened_at: utcTimestamp(opened_at),
    merged_at: written(merged_at),
    updated_at: utcTimestamp(updated_at),
  };
}

export function viewRun({ created_at, started_at, completed_at, ...run }: RunRow): RunView {
  return {
    ...run,
    created_at: utcTimestamp(created_at),
    started_at: written(started_at),
    completed_at: written(completed_at),
    seconds: completed_at === null ? null : Math.max(0, completed_at - (started_at ?? created_at)) / SECOND,
  };
}
