import type { Action } from "../../vocabulary/action.ts";

/** Fields without which a line is no evidence (contract §1): each a text that is not empty. */
export const REQUIRED_FIELDS = ["tool", "doc_ref", "request_id", "timestamp", "purpose"] as const;
export type RequiredField = (typeof REQUIRED_FIELDS)[number];

export const OUTCOMES = ["ok", "error", "denied"] as const;
export type Outcome = (typeof OUTCOMES)[number];

/** One line of an evidence file. Fields that are not named here are kept. */
export interface EvidenceLine extends Record<RequiredField, string> {
  agent?: string;
  task?: string;
  session?: string;
  seq?: number;
  server?: string;
  outcome?: Outcome;
  /** What the call was for; a consultation when absent. */
  action?: Action;
  duration_ms?: number;
  recorder?: { kind: string; name: string; version: string };
  /** Commit on which the work stood. */
  head?: string;
  /** SHA-256 of the previous line of the session. */
  prev?: string;
  [field: string]: unknown;
}
