/** The states of a task. `assigned` waits for somebody to claim it, whether or not it is one agent's. */
export const TASK_STATES = ["assigned", "in_progress", "blocked", "completed", "cancelled"] as const;
export type TaskState = (typeof TASK_STATES)[number];

/** Most urgent first. */
export const PRIORITIES = ["P0", "P1", "P2", "P3"] as const;
export type Priority = (typeof PRIORITIES)[number];

/** What holds a task up. */
export const BLOCK_TYPES = ["dependency", "credentials", "decision", "technical", "resource"] as const;
export type BlockType = (typeof BLOCK_TYPES)[number];

/** What a fleet may ask of a task before it counts as completed. */
export const COMPLETION_POLICIES = [
  "dependencies",
  "criteria",
  "evidence",
  "knowledge",
  "notes",
  "pull_request",
  "runs",
  "security",
] as const;
export type CompletionPolicy = (typeof COMPLETION_POLICIES)[number];
