import { parseTimestamp } from "../../vocabulary/timestamp.ts";
import type { RecordPath } from "./record-path.ts";
import { redactedSum } from "./redacted-sum.ts";

type Fields = Readonly<Record<string, unknown>>;

/** RFC 3339 down to nanoseconds. */
const LONGEST_TIMESTAMP = 35;
/** The closed words of a heartbeat (contract §1). */
const STATUSES = ["doing", "blocked", "done"];

/** The object on a line, or null: a broken line has no fields. */
export function fieldsOf(line: string): Fields | null {
  try {
    const value: unknown = JSON.parse(line);
    return typeof value === "object" && value !== null && !Array.isArray(value) ? (value as Fields) : null;
  } catch {
    return null;
  }
}

/**
 * The fields that may stay when a line is redacted: those whose form leaves no room for a secret. A beat stays a beat,
 * so that taking a secret out of it makes no gap, when its task is named by other lines of the file as well.
 * @param isPlainTask whether the task is named elsewhere, and nothing in it looks like a secret
 */
export function keptFields(
  fields: Fields | null,
  kind: RecordPath["kind"],
  isPlainTask: (task: string) => boolean,
): Record<string, unknown> {
  const { timestamp, task, status } = fields ?? {};
  if (typeof timestamp !== "string" || timestamp.length > LONGEST_TIMESTAMP) return {};
  if (parseTimestamp(timestamp) === null) return {};
  const isBeat = kind === "heartbeat" && typeof task === "string" && STATUSES.includes(String(status));
  return isBeat && isPlainTask(task) ? { timestamp, task, status } : { timestamp };
}

/** What stands in the place of a redacted line: its sum, and what may stay of it. */
export function tombstoneOf(sum: string, kept: Fields): string {
  return JSON.stringify({ redacted: sum, ...kept });
}

/** Does a tombstone hold the sum and fields of the line as they were? It must not say what the line did not. */
export function saysNothingNew(tombstone: string, line: string): boolean {
  if (redactedSum(tombstone) === null) return false;
  const fields = fieldsOf(line) ?? {};
  return Object.entries(fieldsOf(tombstone) ?? {}).every(
    ([name, value]) =>
      name === "redacted" ||
      (Object.hasOwn(fields, name) && JSON.stringify(fields[name]) === JSON.stringify(value)),
  );
}
