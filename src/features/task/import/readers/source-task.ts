import type { Priority, TaskState } from "../../../../vocabulary/task.ts";

/** A place in a source, as its reader sees it. */
export interface Place {
  /** As the user named it, or below the folder that the user named. */
  file: string;
  /** Counted from 1. */
  line: number;
}

/** A task as another tracker tells it. What has no field of ours is in `payload`. */
export interface SourceTask extends Place {
  id: string;
  title: string;
  description: string | null;
  /** Acceptance criteria, one text each. */
  acceptance: string[];
  priority: Priority | null;
  state: TaskState;
  /** Why it is blocked, completed or cancelled, where the source says it. */
  reason: string | null;
  assignee: string | null;
  estimateMinutes: number | null;
  /** RFC 3339. */
  due: string | null;
  dependsOn: string[];
  links: string[];
  paths: string[];
  payload: Record<string, unknown>;
}

/** Something that a person who imports must know: what was left out, or did not arrive as it stood. */
export interface ImportNote extends Place {
  kind: "left-out" | "changed";
  /** The same words for the same thing, so that a list of notes can be shortened. */
  message: string;
  /** What stood there, where that differs from note to note. */
  detail?: string;
}

/** What a reader makes of a source. */
export interface ReadTasks {
  tasks: SourceTask[];
  notes: ImportNote[];
}

/** A file of a source, not yet decoded. */
export interface SourceFile {
  name: string;
  content: Buffer;
}
