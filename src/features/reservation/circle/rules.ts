/** One waits for another: `agent:<name>` or `task:<identifier>`, and why. */
export interface Wait {
  who: string;
  waits_for: string;
  because: string;
}

/** Who is named → its waits. */
type Graph = ReadonlyMap<string, readonly Wait[]>;

function graphOf(waits: readonly Wait[]): Map<string, Wait[]> {
  const graph = new Map<string, Wait[]>();
  for (const wait of waits) {
    const known = graph.get(wait.who);
    if (known) known.push(wait);
    else graph.set(wait.who, [wait]);
  }
  return graph;
}

/** The shortest way back to where the first waits begin, by a search in breadth; null when none leads there. */
function wayBack(start: string, first: readonly Wait[], graph: Graph): Wait[] | null {
  const cameBy = new Map<string, Wait>();
  let front = first;
  while (front.length > 0) {
    const next: Wait[] = [];
    for (const wait of front) {
      if (cameBy.has(wait.waits_for)) continue;
      cameBy.set(wait.waits_for, wait);
      if (wait.waits_for === start) return trace(start, cameBy);
      next.push(...(graph.get(wait.waits_for) ?? []));
    }
    front = next;
  }
  return null;
}

function trace(start: string, cameBy: ReadonlyMap<string, Wait>): Wait[] {
  const steps: Wait[] = [];
  let at = start;
  do {
    const wait = cameBy.get(at);
    if (!wait) break;
    steps.unshift(wait);
    at = wait.who;
  } while (at !== start);
  return steps;
}

/** The circle that new waits of one agent would close, among those that are there; null when they close none. */
export function circleClosedBy(added: readonly Wait[], waits: readonly Wait[]): Wait[] | null {
  const start = added[0]?.who;
  return start === undefined ? null : wayBack(start, added, graphOf([...waits, ...added]));
}

/** Takes off, again and again, who waits for nobody that waits: what is left is in a circle or leads to one. */
function onlyStuck(waits: readonly Wait[]): Wait[] {
  let left = [...waits];
  for (;;) {
    const waiting = new Set(left.map(({ who }) => who));
    const rest = left.filter(({ waits_for }) => waiting.has(waits_for));
    if (rest.length === left.length) return rest;
    left = rest;
  }
}

/** Begins with the one whose name sorts first, so that a circle is known again. */
function turned(steps: readonly Wait[]): Wait[] {
  const names = steps.map(({ who }) => who);
  const first = names.indexOf([...names].sort()[0] ?? "");
  return [...steps.slice(first), ...steps.slice(0, first)];
}

/** Circles among waits: for everybody in one, a shortest; each once. Who is in one that is told starts no other. */
export function findCircles(waits: readonly Wait[]): Wait[][] {
  const graph = graphOf(onlyStuck(waits));
  const told = new Set<string>();
  const circles: Wait[][] = [];
  for (const [who, first] of [...graph].sort(([one], [other]) => (one < other ? -1 : 1))) {
    if (told.has(who)) continue;
    const steps = wayBack(who, first, graph);
    if (!steps) continue;
    for (const step of steps) told.add(step.who);
    circles.push(turned(steps));
  }
  return circles;
}

/** What a circle is called by: `agent:ada → agent:bob`. */
export function nameCircle(steps: readonly Wait[]): string {
  return steps.map(({ who }) => who).join(" → ");
}

const plain = (name: string): string => name.replace(/^agent:/, "").replace(/^task:/, "task ");

/** A circle as a sentence. */
export function describeCircle(steps: readonly Wait[]): string {
  return steps
    .map(({ who, waits_for, because }) => `${plain(who)} waits for ${plain(waits_for)} (${because})`)
    .join(", ");
}
