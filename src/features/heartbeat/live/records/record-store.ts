import type { KeptLine } from "../../../../vocabulary/kept-line.ts";
import { keptLines } from "../../../record/live/index.ts";

/** A heartbeat line of a record file as it is kept, with what is asked for in columns of its own. */
export interface KeptRecord extends KeptLine {
  task: string;
  status: string;
  /** RFC 3339. */
  at: string;
  progress: string | null;
  session: string | null;
}

/** Heartbeat lines that were brought. */
export const HEARTBEAT_RECORDS = keptLines<KeptRecord>({
  name: "heartbeat_records",
  columns: "task text, status text, at timestamptz, progress text, session text",
});
