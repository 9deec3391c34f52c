import { isDeepStrictEqual } from "node:util";
import { parseTimestamp } from "../../../vocabulary/timestamp.ts";
import type { ImportedTask, TaskView } from "../contract.ts";
import { type NormalFields, normalFields } from "../fields/normal-fields.ts";
import type { FullTaskRow } from "../task-row.ts";

/** What an import does with one task. */
export interface Plan {
  id: string;
  outcome: "added" | "changed" | "unchanged" | "skipped";
  /** Names of fields that differ. */
  fields: string[];
  /** Why it was skipped. */
  why: string | null;
  /** As given, in the form in which it is kept. */
  given: NormalFields;
  /** What it waits for afterwards; undefined when that stays. */
  needs: string[] | undefined;
}

/** A task that is there, with all that it waits for. */
export interface Existing extends Omit<FullTaskRow, "depends_on" | "needed_by"> {
  needs: string[];
}

const withoutProofs = (criteria: TaskView["criteria"]) => criteria.map(({ id, text }) => ({ id, text }));

function kept(existing: Existing, field: keyof NormalFields): unknown {
  return field === "criteria" ? withoutProofs(existing.criteria) : existing[field];
}

function asked(given: NormalFields, field: keyof NormalFields): unknown {
  if (field === "criteria") return withoutProofs(given.criteria ?? []);
  return given[field];
}

function isSame(given: NormalFields, existing: Existing, field: keyof NormalFields): boolean {
  if (field !== "due_at") return isDeepStrictEqual(asked(given, field), kept(existing, field));
  return (given.due_at ? parseTimestamp(given.due_at) : null) === existing.due_at;
}

function sameSet(one: readonly string[], other: readonly string[]): boolean {
  return isDeepStrictEqual([...new Set(one)].sort(), [...new Set(other)].sort());
}

function differences(given: NormalFields, needs: string[] | undefined, existing: Existing): string[] {
  const fields = (Object.keys(given) as (keyof NormalFields)[]).filter(
    (field) => !isSame(given, existing, field),
  );
  const linked = needs === undefined || sameSet(needs, existing.needs) ? [] : ["depends_on"];
  return [...fields.map((field) => (field === "estimate_minutes" ? "estimate" : field)), ...linked];
}

/** What would be done with a task, given what is there. Fields that are left out are not compared. */
export function planTask(task: ImportedTask, existing: Existing | undefined, change: boolean): Plan {
  const given = normalFields(task);
  const needs = task.depends_on && [...new Set(task.depends_on)];
  const plan = { id: task.id, given, needs, why: null };
  if (!existing) return { ...plan, outcome: "added", fields: [] };
  const fields = differences(given, needs, existing);
  if (fields.length === 0) return { ...plan, outcome: "unchanged", fields };
  if (existing.ended_at !== null)
    return { ...plan, outcome: "skipped", fields, why: `it is ${existing.state}` };
  if (!change) return { ...plan, outcome: "skipped", fields, why: "it is there and differs" };
  return { ...plan, outcome: "changed", fields };
}
