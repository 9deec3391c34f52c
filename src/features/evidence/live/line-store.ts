import type { KeptLine } from "../../../vocabulary/kept-line.ts";
import { keptLines } from "../../record/live/index.ts";

/** An evidence line as it is kept, with what is asked for in columns of its own. */
export interface KeptEvidence extends KeptLine {
  tool: string;
  doc_ref: string;
  request_id: string;
  /** RFC 3339. */
  at: string;
  task: string | null;
  session: string | null;
  outcome: string | null;
}

/** Evidence lines that were brought or told. */
export const EVIDENCE_LINES = keptLines<KeptEvidence>({
  name: "evidence_lines",
  columns: "tool text, doc_ref text, request_id text, at timestamptz, task text, session text, outcome text",
});
