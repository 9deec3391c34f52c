import { type SeenLine, WITNESSES, type Witness } from "../seen-line.ts";

/** One tool call, and the line of each witness that saw it: at most one of each kind. */
export interface SeenCall {
  /** The earliest time that a witness gives, in milliseconds since 1970. */
  at: number;
  lines: SeenLine[];
}

interface Group {
  lines: SeenLine[];
  /** A bit for each kind of witness, and in the last pass for each side. */
  mask: number;
  at: number;
  longest: number;
}

const BIT = Object.fromEntries(WITNESSES.map((name, at) => [name, 1 << at])) as Record<Witness, number>;
const WITH_INPUT = 1 << WITNESSES.length;
const WITHOUT_INPUT = WITH_INPUT << 1;

type KeyOf = (line: SeenLine) => string | null;

const byId: KeyOf = ({ agent, id }) => (id === null ? null : `${agent}\0${id}`);
const byInput: KeyOf = ({ agent, call, tool, input }) =>
  input === null ? null : `${agent}\0${call ?? tool}\0${input}`;
const byReference: KeyOf = ({ agent, tool, ref }) => `${agent}\0${tool}\0${ref}`;

function groupOf(line: SeenLine): Group {
  return { lines: [line], mask: BIT[line.witness], at: line.at, longest: line.durationMs };
}

function bucketsOf(groups: readonly Group[], keyOf: KeyOf): Map<string | null, Group[]> {
  const buckets = new Map<string | null, Group[]>();
  for (const group of groups) {
    const key = group.lines.map(keyOf).find((each) => each !== null) ?? null;
    const bucket = buckets.get(key);
    if (bucket === undefined) buckets.set(key, [group]);
    else bucket.push(group);
  }
  return buckets;
}

/** Groups that may still be joined, those of each mask in time order: few masks, so a look at every head is cheap. */
class Open {
  readonly #queues = new Map<number, { groups: Group[]; head: number }>();

  push(group: Group): void {
    const queue = this.#queues.get(group.mask);
    if (queue === undefined) this.#queues.set(group.mask, { groups: [group], head: 0 });
    else queue.groups.push(group);
  }

  /** Takes out the earliest that shares no witness and is not older than `oldest`. */
  take(mask: number, oldest: number): Group | null {
    let best: { groups: Group[]; head: number } | null = null;
    for (const [other, queue] of this.#queues) {
      while ((queue.groups[queue.head]?.at ?? oldest) < oldest) queue.head += 1;
      const first = queue.groups[queue.head];
      if ((other & mask) !== 0 || first === undefined) continue;
      if (best === null || first.at < (best.groups[best.head]?.at ?? first.at)) best = queue;
    }
    if (best === null) return null;
    best.head += 1;
    return best.groups[best.head - 1] ?? null;
  }
}

function join(group: Group, later: Group): void {
  for (const line of later.lines) group.lines.push(line);
  group.mask |= later.mask;
  // The latest sighting, so that queues stay in time order.
  group.at = later.at;
  group.longest = Math.max(group.longest, later.longest);
}

/** Joins groups of one key, the earliest first: n log n for the order, then one step for each. */
function joinBucket(bucket: readonly Group[], window: number): Group[] {
  // One recorder tells when a call began, another when it ended.
  const tolerance = bucket.reduce((most, { longest }) => Math.max(most, longest), 0) + window;
  const open = new Open();
  const joined: Group[] = [];
  for (const group of [...bucket].sort((a, b) => a.at - b.at)) {
    const earlier = open.take(group.mask, group.at - tolerance);
    if (earlier === null) joined.push(group);
    else join(earlier, group);
    open.push(earlier ?? group);
  }
  return joined;
}

function joinAll(groups: readonly Group[], keyOf: KeyOf, window: number): Group[] {
  const joined: Group[] = [];
  for (const [key, bucket] of bucketsOf(groups, keyOf)) {
    const found = key === null || bucket.length === 1 ? bucket : joinBucket(bucket, window);
    for (const group of found) joined.push(group);
  }
  return joined;
}

/** A typed line has no hash of arguments: it is compared by what it refers to, and only with a line that has one. */
function sided(group: Group): Group {
  const hasInput = group.lines.some(({ input }) => input !== null);
  return { ...group, mask: group.mask | (hasInput ? WITH_INPUT : WITHOUT_INPUT) };
}

/**
 * Which lines tell of the same call: those of one agent with the same `request_id`, else with the same called tool and
 * keyed hash of the arguments within a window of time; a line without such a hash by tool and reference. One-to-one:
 * no line is in two calls, and no call has two lines of one kind of witness.
 * @param window milliseconds
 */
export function matchCalls(lines: readonly SeenLine[], window: number): SeenCall[] {
  const byTheirId = joinAll(lines.map(groupOf), byId, Number.POSITIVE_INFINITY);
  const byTheirInput = joinAll(byTheirId, byInput, window);
  const all = joinAll(byTheirInput.map(sided), byReference, window);
  return all
    .map(({ lines: seen }) => ({ at: Math.min(...seen.map(({ at }) => at)), lines: seen }))
    .sort((a, b) => a.at - b.at || (placeOf(a) < placeOf(b) ? -1 : 1));
}

function placeOf({ lines }: SeenCall): string {
  return lines[0]?.place ?? "";
}

/** The witnesses of a call, in the order of {@link WITNESSES}. */
export function witnessesOf({ lines }: SeenCall): Witness[] {
  return WITNESSES.filter((witness) => lines.some((line) => line.witness === witness));
}
