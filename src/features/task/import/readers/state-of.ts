import type { TaskState } from "../../../../vocabulary/task.ts";

/** The words of trackers for where a task stands, without case, blanks and dashes. */
const WORDS: Readonly<Record<TaskState, readonly string[]>> = {
  assigned: ["assigned", "open", "todo", "backlog", "ready", "new", "draft", "planned", "reopened", "triage"],
  in_progress: ["inprogress", "doing", "started", "active", "hooked", "inreview", "review", "working"],
  blocked: ["blocked", "waiting", "onhold", "stuck"],
  completed: ["completed", "complete", "done", "closed", "resolved", "finished", "merged"],
  cancelled: [
    "cancelled",
    "canceled",
    "wontfix",
    "wontdo",
    "notplanned",
    "duplicate",
    "rejected",
    "abandoned",
  ],
};

const STATE_OF = new Map(
  Object.entries(WORDS).flatMap(([state, words]) => words.map((word) => [word, state as TaskState])),
);

/** Our state for a tracker's word; null for a word that nobody knows. */
export function stateOf(word: string): TaskState | null {
  return STATE_OF.get(word.toLowerCase().replace(/[^\p{L}]/gu, "")) ?? null;
}
