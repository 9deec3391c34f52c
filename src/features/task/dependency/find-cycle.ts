/** `task` waits for `needs`. */
export interface Edge {
  task: string;
  needs: string;
}

function neighboursOf(edges: readonly Edge[]): Map<string, string[]> {
  const needs = new Map<string, string[]>();
  for (const edge of edges) {
    const known = needs.get(edge.task);
    if (known) known.push(edge.needs);
    else needs.set(edge.task, [edge.needs]);
  }
  return needs;
}

/**
 * A circle among edges, as `[a, b, c, a]` where a waits for b, b for c and c for a; null when there is none. By a
 * depth-first walk with a stack of its own, so that a chain of any length is walked.
 */
export function findCycle(edges: readonly Edge[]): string[] | null {
  const needs = neighboursOf(edges);
  const done = new Set<string>();
  for (const start of needs.keys()) {
    const cycle = walk(start, needs, done);
    if (cycle) return cycle;
  }
  return null;
}

function walk(start: string, needs: ReadonlyMap<string, string[]>, done: Set<string>): string[] | null {
  const path: string[] = [];
  const onPath = new Set<string>();
  const enter = (task: string) => {
    path.push(task);
    onPath.add(task);
    turns.push([...(needs.get(task) ?? [])]);
  };
  const turns: string[][] = [];
  if (!done.has(start)) enter(start);
  while (path.length > 0) {
    const next = turns.at(-1)?.pop();
    if (next === undefined) {
      const left = path.pop() ?? "";
      turns.pop();
      onPath.delete(left);
      done.add(left);
    } else if (onPath.has(next)) return [...path.slice(path.indexOf(next)), next];
    else if (!done.has(next)) enter(next);
  }
  return null;
}
