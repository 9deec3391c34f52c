import { parseTimestamp } from "../../vocabulary/timestamp.ts";
import { REQUIRED_FIELDS, type RequiredField } from "./contract.ts";

/** What is wrong with one field of a line. */
export interface LineFault {
  rule: "evidence/missing-field" | "evidence/bad-timestamp";
  field: RequiredField;
  /** A sentence part: `tool is absent`. */
  what: string;
}

export interface CheckedLine {
  faults: readonly LineFault[];
  /** Of `timestamp`, in milliseconds since 1970; NaN when that could not be read. */
  instant: number;
}

const NONE: readonly LineFault[] = [];

function isText(value: unknown): value is string {
  return typeof value === "string" && (value.charCodeAt(0) > 32 || value.trim() !== "");
}

function faultsOf(value: Readonly<Record<string, unknown>>): LineFault[] {
  const faults: LineFault[] = [];
  for (const field of REQUIRED_FIELDS) {
    const found = value[field];
    if (isText(found)) continue;
    const what = !Object.hasOwn(value, field)
      ? "is absent"
      : typeof found === "string"
        ? "is empty"
        : `is ${found === null ? "null" : Array.isArray(found) ? "a list" : `a ${typeof found}`}, not text`;
    faults.push({ rule: "evidence/missing-field", field, what: `${field} ${what}` });
  }
  if (isText(value.timestamp) && parseTimestamp(value.timestamp) === null) {
    const shown = JSON.stringify(value.timestamp.slice(0, 40));
    const what = `timestamp ${shown} is no RFC 3339 date and time with an offset`;
    faults.push({ rule: "evidence/bad-timestamp", field: "timestamp", what });
  }
  return faults;
}

/** Checks the required fields of an evidence line, by hand: a schema library costs a third of the time (contract §1). */
export function checkLine(value: Readonly<Record<string, unknown>>): CheckedLine {
  const { timestamp } = value;
  const instant = typeof timestamp === "string" ? parseTimestamp(timestamp) : null;
  const whole =
    instant !== null &&
    isText(value.tool) &&
    isText(value.doc_ref) &&
    isText(value.request_id) &&
    isText(value.purpose);
  return whole ? { faults: NONE, instant } : { faults: faultsOf(value), instant: instant ?? Number.NaN };
}
