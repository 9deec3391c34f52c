import { utcTimestamp } from "../../platform/clock/index.ts";
import { PRIORITIES, type TaskState } from "../../vocabulary/task.ts";
import type { BlockView, CriterionView, HandoverView, TaskSummary, TaskView } from "./contract.ts";

/** A task as the database answers it; times in milliseconds since 1970. */
export interface TaskRow {
  id: string;
  title: string;
  state: TaskState;
  ready: boolean;
  /** 0 is the most urgent. */
  priority: number;
  assignee: string | null;
  holder: string | null;
  fence: number | null;
  lease_until: number | null;
  progress: number | null;
  progress_note: string | null;
  phase: string | null;
  estimate_minutes: number | null;
  due_at: number | null;
  open_dependencies: number;
  block: BlockView | null;
  reason: string | null;
  created_at: number;
  updated_at: number;
  started_at: number | null;
  ended_at: number | null;
}

/** With everything that a list leaves out. */
export interface FullTaskRow extends TaskRow {
  description: string | null;
  criteria: CriterionView[];
  paths: string[];
  links: TaskView["links"];
  payload: Record<string, unknown>;
  handover: HandoverView | null;
  depends_on: TaskView["depends_on"];
  needed_by: TaskView["needed_by"];
}

const written = (instant: number | null): string | null => (instant === null ? null : utcTimestamp(instant));

/** A task of a list as it crosses the wire. */
export function viewSummary(row: TaskRow): TaskSummary {
  return {
    ...row,
    priority: PRIORITIES[row.priority] ?? "P3",
    lease_until: written(row.lease_until),
    due_at: written(row.due_at),
    created_at: utcTimestamp(row.created_at),
    updated_at: utcTimestamp(row.updated_at),
    started_at: written(row.started_at),
    ended_at: written(row.ended_at),
  };
}

/** A whole task as it crosses the wire. */
export function viewTask(row: FullTaskRow): TaskView {
  return { ...row, ...viewSummary(row) };
}
