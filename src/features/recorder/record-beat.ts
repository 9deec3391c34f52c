import { localDate, utcTimestamp } from "../../platform/clock/index.ts";
import { appendLines, RECORD_FOLDER } from "../record/index.ts";
import { maskLookalikes } from "./mask-lookalikes.ts";
import type { RecorderSession } from "./seen-call.ts";

/** What a recorder says of a task that is worked on. */
export interface SeenBeat {
  task: string;
  status: "doing" | "blocked" | "done";
  progress?: string | undefined;
  /** From the top of the repository. */
  file?: string | undefined;
  /** Milliseconds since 1970. */
  at: number;
}

/**
 * Appends one heartbeat line to the session's own file (contract §1). Returns the file.
 * @throws Refusal INPUT_INVALID through a link; Fault FILE_FAILED
 */
export function recordBeat({ root, agent, session, recorder }: RecorderSession, beat: SeenBeat): string {
  const { task, status, progress, file, at } = beat;
  const path = `${RECORD_FOLDER}/${agent}/${localDate(at)}/heartbeat.${session}.ndjson`;
  const said = progress === undefined ? undefined : maskLookalikes(progress);
  const line = { timestamp: utcTimestamp(at), task, status, progress: said, file, agent, session, recorder };
  appendLines(root, path, [JSON.stringify(line)]);
  return path;
}
