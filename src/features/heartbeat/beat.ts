/** What an agent may say of a task (contract §1). */
export const STATUSES = ["doing", "blocked", "done"] as const;
/** What an agent says of a task. */
export type Status = (typeof STATUSES)[number];

/** A valid heartbeat line, where it stands and whether the judged range brought it. */
export interface Beat {
  /** Milliseconds since 1970. */
  time: number;
  status: Status;
  file: string;
  line: number;
  added: boolean;
}

/** All beats of one agent on one task, whatever folders and files they stand in. */
export interface TaskBeats {
  agent: string;
  task: string;
  beats: Beat[];
}
