import { parseTimestamp } from "../../vocabulary/timestamp.ts";
import { STATUSES, type Status } from "./beat.ts";
import { suggestStatus } from "./suggest-status.ts";

/** What a valid heartbeat line says. */
export interface BeatFields {
  /** Milliseconds since 1970. */
  time: number;
  task: string;
  status: Status;
  session: string | null;
  progress: string | null;
}

/** Why a line is no beat. */
export interface BeatFault {
  kind: "missing-field" | "bad-timestamp" | "bad-status";
  message: string;
  hint?: string;
}

const REQUIRED = ["timestamp", "task", "status"] as const;
/** Foreign words are quoted in messages up to this length. */
const MAX_QUOTED = 80;

function isText(value: unknown): value is string {
  return typeof value === "string" && value.trim() !== "";
}

function quote(text: string): string {
  return `"${text.length > MAX_QUOTED ? `${text.slice(0, MAX_QUOTED)}…` : text}"`;
}

function nameMissing(field: string, value: unknown): BeatFault {
  const state = value === undefined ? "is missing" : typeof value === "string" ? "is empty" : "is not text";
  return { kind: "missing-field", message: `\`${field}\` ${state}` };
}

function nameTimestamp(timestamp: string): BeatFault {
  return {
    kind: "bad-timestamp",
    message: `\`timestamp\` ${quote(timestamp)} is no RFC 3339 date and time with an offset`,
  };
}

function nameStatus(status: string): BeatFault {
  const meant = suggestStatus(status);
  return {
    kind: "bad-status",
    message: `\`status\` ${quote(status)} is none of ${STATUSES.join(", ")}`,
    ...(meant && { hint: `write "${meant}"` }),
  };
}

function findFaults({ timestamp, task, status }: Readonly<Record<string, unknown>>): BeatFault[] {
  const values = { timestamp, task, status };
  const faults = REQUIRED.flatMap((field) =>
    isText(values[field]) ? [] : [nameMissing(field, values[field])],
  );
  if (isText(timestamp) && parseTimestamp(timestamp) === null) faults.push(nameTimestamp(timestamp));
  if (isText(status) && !STATUSES.some((known) => known === status)) faults.push(nameStatus(status));
  return faults;
}

/** Reads an object as a heartbeat line (contract §1), or says all that keeps it from being one. */
export function checkBeat(value: Readonly<Record<string, unknown>>): BeatFields | BeatFault[] {
  const { timestamp, task, session, progress } = value;
  const time = isText(timestamp) ? parseTimestamp(timestamp) : null;
  const status = STATUSES.find((known) => known === value.status);
  if (time === null || status === undefined || !isText(task)) return findFaults(value);
  return {
    time,
    task,
    status,
    session: isText(session) ? session : null,
    progress: isText(progress) ? progress : null,
  };
}
