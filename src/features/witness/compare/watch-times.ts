import type { SeenLine } from "../seen-line.ts";

/** From its first to its last line a recorder was recording; outside of that nothing is known of it. */
export interface Stretch {
  from: number;
  until: number;
}

/** Stretches that may overlap, put together and in order. */
function union(stretches: readonly Stretch[]): Stretch[] {
  const joined: Stretch[] = [];
  for (const { from, until } of [...stretches].sort((a, b) => a.from - b.from)) {
    const last = joined.at(-1);
    if (last === undefined || from > last.until) joined.push({ from, until });
    else last.until = Math.max(last.until, until);
  }
  return joined;
}

/** Does one of these stretches, in order and apart, hold the instant? */
export function covers(stretches: readonly Stretch[], at: number): boolean {
  let low = 0;
  let high = stretches.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((stretches[middle]?.from ?? at) <= at) low = middle + 1;
    else high = middle;
  }
  return low > 0 && at <= (stretches[low - 1]?.until ?? Number.NEGATIVE_INFINITY);
}

/** A host's session by the names that its recorders give it: `claude-code-<id>`, `transcript-<id>`, either with `-2` after a change of branches. */
export function hostSession({ agent, recorder, session }: SeenLine): string | null {
  if (session === null) return null;
  const prefix = [`${recorder}-`, "transcript-"].find((each) => session.startsWith(each)) ?? "";
  return `${agent}\0${session.slice(prefix.length).replace(/-\d{1,3}$/, "")}`;
}

function stretchesBy(
  lines: readonly SeenLine[],
  keyOf: (line: SeenLine) => string | null,
): Map<string, Stretch> {
  const found = new Map<string, Stretch>();
  for (const line of lines) {
    const key = keyOf(line);
    if (key === null) continue;
    const seen = found.get(key);
    if (seen === undefined) found.set(key, { from: line.at, until: line.at });
    else {
      seen.from = Math.min(seen.from, line.at);
      seen.until = Math.max(seen.until, line.at);
    }
  }
  return found;
}

/** When recorders of one kind were at work. */
export interface WatchTimes {
  /** By agent, and by agent and tool, in order and apart. */
  scopes: ReadonlyMap<string, readonly Stretch[]>;
  /** By session of the host. */
  sessions: ReadonlyMap<string, Stretch>;
}

const SEPARATOR = "\0\0";

function scopesOf(lines: readonly SeenLine[], scopeOf: (line: SeenLine) => string): Map<string, Stretch[]> {
  const bySession = stretchesBy(lines, (line) => `${scopeOf(line)}${SEPARATOR}${line.session}`);
  const scopes = new Map<string, Stretch[]>();
  for (const [key, stretch] of bySession) {
    const scope = key.slice(0, key.indexOf(SEPARATOR));
    const found = scopes.get(scope);
    if (found === undefined) scopes.set(scope, [stretch]);
    else found.push(stretch);
  }
  return new Map([...scopes].map(([scope, stretches]) => [scope, union(stretches)]));
}

/** @param lines of one kind of witness */
export function watchTimes(lines: readonly SeenLine[]): WatchTimes {
  return {
    scopes: new Map([
      ...scopesOf(lines, ({ agent }) => agent),
      ...scopesOf(lines, ({ agent, tool }) => `${agent}\0${tool}`),
    ]),
    sessions: stretchesBy(lines, hostSession),
  };
}
