import { commitTree, type Range, type Repository, type Tree } from "../../platform/git/index.ts";
import type { Config } from "../config/index.ts";
import { findRewrites, type Rewrite, readAdded, readRedactions } from "../record/index.ts";
import type { TaskBeats } from "./beat.ts";
import { BeatCollector, FUTURE_MS } from "./beat-collector.ts";
import { citeFiles } from "./cite-files.ts";
import type { HeartbeatFacts, RewrittenFile } from "./facts.ts";
import { parseHeartbeatPath } from "./heartbeat-path.ts";
import { heartbeatFiles, readHeartbeats } from "./read-heartbeats.ts";
import { settleFacts } from "./settle-facts.ts";
import { workSpan } from "./work-span.ts";

export interface GatherOptions {
  /** Paths that the pull request text cites as heartbeat; null when no text was given. */
  cited: readonly { path: string; line: number }[] | null;
  /** Milliseconds since 1970 of the valid evidence lines that the range added. */
  recordTimes: readonly number[];
  /** What `findRewrites` answered, when it was asked already. */
  rewrites?: readonly Rewrite[];
  /** The tree of the range's head, when it is open already. */
  tree?: Tree;
}

function isTouched({ beats }: TaskBeats): boolean {
  return beats.some(({ added }) => added);
}

/** Reads what the range changed, then what else the same agents beat for the same tasks. */
async function collect(repository: Repository, range: Range, tree: Tree): Promise<BeatCollector> {
  if (!range.changes.some(({ path }) => parseHeartbeatPath(path) !== null))
    return new BeatCollector(new Set());
  const redacted = new Set((await readRedactions(tree)).map(({ sha256 }) => sha256));
  const collector = new BeatCollector(redacted, range.head.time);
  await readAdded(repository, range, "heartbeat", (file) => collector.visit(file));
  const touched = new Map<string, Set<string>>();
  for (const { agent, task } of collector.tasks().filter(isTouched)) {
    touched.set(agent, (touched.get(agent) ?? new Set()).add(task));
  }
  const read = new Set(collector.lines.keys());
  const others = heartbeatFiles(touched.size === 0 ? [] : await tree.list()).filter(
    ({ path, agent }) => touched.has(agent) && !read.has(path),
  );
  await readHeartbeats(tree, others, false, (file) =>
    collector.visit(file, (agent, task) => touched.get(agent)?.has(task) === true),
  );
  return collector;
}

function rewrittenFiles(rewrites: readonly Rewrite[]): RewrittenFile[] {
  return rewrites
    .filter(({ file }) => file.kind === "heartbeat")
    .map(({ file, ...rest }) => ({ ...rest, file: file.path }));
}

/**
 * Reads what the judge of a range's heartbeat needs: git objects of the head alone, except that a cited path which
 * no commit holds is looked for on disk.
 * @throws Fault when the clone lacks an object
 */
export async function gatherHeartbeat(
  repository: Repository,
  range: Range,
  _config: Config,
  options: GatherOptions,
): Promise<HeartbeatFacts> {
  const tree = options.tree ?? commitTree(repository, range.head.id);
  const collector = await collect(repository, range, tree);
  const facts = await settleFacts(repository, [range.head.id, `^${range.base}`], collector);
  const tasks = facts.tasks.filter(isTouched);
  const added = tasks.flatMap(({ beats }) => beats.filter((beat) => beat.added));
  // What cannot have happened yet says nothing of how long the work lasted.
  const times = [...options.recordTimes, ...added.map(({ time }) => time)].filter(
    (time) => time <= range.head.time + FUTURE_MS,
  );
  const changed = new Set(range.changes.map(({ path }) => path));
  return {
    ...facts,
    tasks,
    empty: facts.empty.filter((path) => changed.has(path)),
    head: { id: range.head.id, time: range.head.time },
    span: workSpan(range, times),
    files: [...new Set(added.map(({ file }) => file))].sort(),
    rewrites: rewrittenFiles(options.rewrites ?? (await findRewrites(repository, range))),
    cited: options.cited && (await citeFiles(repository, tree, options.cited)),
  };
}
