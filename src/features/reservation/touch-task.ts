import { utcTimestamp } from "../../platform/clock/index.ts";
import type { Transaction } from "../../platform/database/index.ts";
import { type GlobForm, readGlob, UnreadableGlob } from "../../platform/globs/index.ts";
import type { Actor } from "../../vocabulary/actor.ts";
import { findTask, listHeldTasks, unknownTask } from "../task/index.ts";
import type { TaskConflictView } from "./contract.ts";
import { describeResource } from "./describe-resources.ts";
import { findConflicts } from "./find-conflicts.ts";
import { type Covered, touches } from "./rules.ts";

const MOST = 100;

interface TaskPath extends Covered {
  exact: boolean;
}

/** The folders before anything that has a meaning in a glob, and all below: more than what it matches, never less. */
function widen(path: string): GlobForm[] {
  const [plain = ""] = /^[^*?[\](){}!|\\]*/.exec(path.replace(/^(\.?\/)+/, "")) ?? [];
  const folders = plain.split("/").slice(0, -1);
  const begin = folders.filter((name) => name !== "" && name !== "." && name !== "..");
  return readWide([...begin, "**"].join("/"));
}

function readWide(glob: string): GlobForm[] {
  try {
    return readGlob(glob);
  } catch (error) {
    if (error instanceof UnreadableGlob) return readGlob("**");
    throw error;
  }
}

/** What a task may touch. A glob that cannot be decided about is taken for more than it matches. */
function readPath(path: string): TaskPath {
  const common = { kind: "file" as const, pattern: path, repository: null, shared: false };
  try {
    return {
      ...common,
      forms: readGlob(path.normalize("NFC").replace(/^\.\//, "").replace(/\/$/, "/**")),
      exact: true,
    };
  } catch (error) {
    if (!(error instanceof UnreadableGlob)) throw error;
    return { ...common, forms: widen(path), exact: false };
  }
}

/** The first pair of paths of two tasks that touch each other; one that is certain before one that may. */
function meet(own: readonly TaskPath[], theirs: readonly string[]) {
  const pairs = theirs
    .map(readPath)
    .flatMap((other) => own.filter((one) => touches(one, other)).map((one) => ({ one, other })));
  return pairs.find(({ one, other }) => one.exact && other.exact) ?? pairs[0];
}

/**
 * Who else touches what a task may touch: tasks that others hold, and reservations of others.
 * @throws Refusal TASK_UNKNOWN
 */
export async function touchTask(
  transaction: Transaction,
  actor: Actor,
  id: string,
  now: number,
): Promise<{ paths: string[]; items: TaskConflictView[] }> {
  const task = await findTask(transaction, id);
  if (!task) throw unknownTask(id);
  const fleet = actor.fleet.id;
  const own = task.paths.map(readPath);
  const self = task.holder ?? actor.agent;
  const held = own.length === 0 ? [] : await listHeldTasks(transaction, fleet, now);
  const tasks = held.flatMap((other): TaskConflictView[] => {
    const met = other.id === id ? undefined : meet(own, other.paths);
    if (!met) return [];
    return [
      {
        kind: "task",
        task: other.id,
        title: other.title,
        reservation: null,
        agent: other.holder,
        state: other.state,
        path: met.one.pattern,
        theirs: met.other.pattern,
        exact: met.one.exact && met.other.exact,
        since: utcTimestamp(other.started_at),
      },
    ];
  });
  const found =
    own.length === 0 ? [] : await findConflicts(transaction, fleet, own, { now, limit: MOST * 2 });
  const others = [
    ...new Map(found.filter(({ agent }) => agent !== self).map((one) => [one.reservation, one])).values(),
  ];
  const reservations = others.map(
    (one): TaskConflictView => ({
      kind: "reservation",
      task: one.task,
      title: one.purpose,
      reservation: one.reservation,
      agent: one.agent,
      state: one.state,
      path: one.wants.pattern,
      theirs: describeResource(one.has),
      exact: own[one.wanted]?.exact ?? true,
      since: utcTimestamp(one.granted_at ?? one.asked_at),
    }),
  );
  return { paths: task.paths, items: [...tasks.slice(0, MOST), ...reservations.slice(0, MOST)] };
}
