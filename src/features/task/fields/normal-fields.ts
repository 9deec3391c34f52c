import { parseDuration } from "../../../vocabulary/duration.ts";
import { PRIORITIES, type Priority } from "../../../vocabulary/task.ts";
import type { CriterionView, TaskView } from "../contract.ts";

/** Fields of a task as a caller gives them; what is left out is undefined. */
export interface GivenFields {
  title?: string | undefined;
  description?: string | null | undefined;
  criteria?: (string | { id?: string | undefined; text: string })[] | undefined;
  paths?: string[] | undefined;
  priority?: Priority | undefined;
  estimate?: number | string | null | undefined;
  due_at?: string | null | undefined;
  phase?: string | null | undefined;
  links?: TaskView["links"] | undefined;
  payload?: Record<string, unknown> | undefined;
}

/** The same as they are kept: only those that were given. */
export interface NormalFields {
  title?: string;
  description?: string | null;
  criteria?: CriterionView[];
  paths?: string[];
  /** 0 is the most urgent. */
  priority?: number;
  estimate_minutes?: number | null;
  /** RFC 3339. */
  due_at?: string | null;
  phase?: string | null;
  links?: TaskView["links"];
  payload?: Record<string, unknown>;
}

const MINUTE_MS = 60_000;

const minutesOf = (estimate: number | string | null): number | null =>
  typeof estimate === "string" ? Math.round((parseDuration(estimate) ?? MINUTE_MS) / MINUTE_MS) : estimate;

/** Criteria without an id of their own get their number. */
export function numberCriteria(given: NonNullable<GivenFields["criteria"]>): CriterionView[] {
  return given.map((one, index) => {
    const { id, text } = typeof one === "string" ? { id: undefined, text: one } : one;
    return { id: id ?? String(index + 1), text, proof: null };
  });
}

/** Brings given fields into the form in which they are kept and compared. */
export function normalFields(given: GivenFields): NormalFields {
  const { title, description, criteria, paths, priority, estimate, due_at, phase, links, payload } = given;
  return {
    ...(title === undefined ? {} : { title }),
    ...(description === undefined ? {} : { description }),
    ...(criteria === undefined ? {} : { criteria: numberCriteria(criteria) }),
    ...(paths === undefined ? {} : { paths }),
    ...(priority === undefined ? {} : { priority: PRIORITIES.indexOf(priority) }),
    ...(estimate === undefined ? {} : { estimate_minutes: minutesOf(estimate) }),
    ...(due_at === undefined ? {} : { due_at }),
    ...(phase === undefined ? {} : { phase }),
    ...(links === undefined ? {} : { links }),
    ...(payload === undefined ? {} : { payload }),
  };
}
