import type { Key } from "../../../src/features/config/index.ts";
import type { RuleName } from "../../../src/vocabulary/rules/index.ts";

/** What carries a line today. Each kind is looked up by the test of this table. */
export type Carrier =
  | `rule ${RuleName}`
  | `command ${string}`
  | `config ${Key["name"]}`
  | `document ${string}`
  | `check ${string}`;

const PLANNED_KINDS = [
  "command",
  "rule",
  "page",
  "job",
  "metric",
  "checklist",
  "monitor",
  "policy",
  "tool",
  "document",
] as const;

/** What will carry a line: a kind, and the name it will have. */
export type Planned = `${(typeof PLANNED_KINDS)[number]} ${string}`;

/** Concepts that work to come may bring: the features of the design and the ways in. */
export const FEATURES_TO_COME = [
  "evidence",
  "heartbeat",
  "ban",
  "guard",
  "task",
  "agent",
  "knowledge",
  "document",
  "alert",
  "incident",
  "backup",
  "checklist",
  "metric",
  "audit",
  "witness",
  "health",
  "day",
  "sync",
  "run",
  "hook",
  "mcp",
  "doctor",
  "init",
  "kb",
] as const;

/** What the software does about one line of the specification. */
export interface Row {
  /** Headings and numbered items above the line, joined with ` > `. */
  under: string;
  /** The line itself, without markup. */
  line: string;
  /** What the software does about it, as one sentence; what it will do, where nothing carries it yet. */
  says: string;
  now: readonly Carrier[];
  /** The test that shows it; every row that is carried has one. */
  shown?: string;
  /** Features still to come that carry the rest. */
  later: readonly Planned[];
}

export type RowWithoutPlace = readonly [line: string, says: string, carried: Carried];

interface Carried {
  now?: readonly Carrier[];
  shown?: string;
  later?: readonly Planned[];
}

/** The rows of the lines below one heading or numbered item. */
export function under(path: string, rows: readonly RowWithoutPlace[]): Row[] {
  return rows.map(([line, says, { now = [], later = [], shown }]) => ({
    under: path,
    line,
    says,
    now,
    later,
    ...(shown === undefined ? {} : { shown }),
  }));
}
