/** A dependency that closes a circle, and the circle: each waits for the next, and the last for the first. */
export interface Circle {
  from: string;
  to: string;
  path: string[];
}

/**
 * Takes the dependencies that close circles out of a graph (task → what it waits for) and says which.
 * Depth first without recursion: an import can be one long chain.
 */
export function cutCircles(graph: Map<string, Set<string>>): Circle[] {
  const circles: Circle[] = [];
  const done = new Set<string>();
  for (const start of graph.keys()) {
    if (done.has(start)) continue;
    const path = [start];
    const onPath = new Set(path);
    const rest = [[...(graph.get(start) ?? [])]];
    while (path.length > 0) {
      const from = path.at(-1) ?? "";
      const to = rest.at(-1)?.pop();
      if (to === undefined) {
        rest.pop();
        path.pop();
        onPath.delete(from);
        done.add(from);
      } else if (onPath.has(to)) {
        circles.push({ from, to, path: [...path.slice(path.indexOf(to))] });
        graph.get(from)?.delete(to);
      } else if (!done.has(to)) {
        path.push(to);
        onPath.add(to);
        rest.push([...(graph.get(to) ?? [])]);
      }
    }
  }
  return circles;
}
