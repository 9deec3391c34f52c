import {
  type Change,
  type Commit,
  comparePairs,
  type LineCommit,
  listCommits,
  type Range,
  type Repository,
  readFirstParents,
  resolveCommit,
  shallowCommits,
} from "../../../platform/git/index.ts";
import { assignCommits, type Brought } from "./assign-commits.ts";
import type { Since } from "./parse-since.ts";
import { type LinePull, splitPulls } from "./split-pulls.ts";

/** A past pull request with all that a guard would have been given. */
export interface PastPull extends LinePull {
  range: Range;
  /** Commits that the range's head grew through, oldest first, the head last; bounded. */
  grown: Range[];
}

/** A step of the branch's own line: what the branch held before and after it. */
export interface LineStep {
  base: string;
  end: string;
  changes: Change[];
}

export interface History {
  tip: LineCommit;
  /** Oldest first. */
  pulls: PastPull[];
  /** Those whose range this clone cannot tell, and why. */
  unread: { pull: LinePull; reason: string }[];
  /** Whether the limit left older ones out. */
  limited: boolean;
  /** Where a shallow clone cuts the branch's own line inside what was asked for. */
  cut: LineCommit | null;
  /** Without a gap, from the base of the oldest pull request that is read. */
  steps: LineStep[];
}

export interface HistoryOptions {
  since: Since;
  /** Newest so many; more would take long. */
  limit: number;
  /** How many earlier commits of a pull request are judged besides its head. */
  grown: number;
}

const FIRST_PAGE = 1_000;
/** Committer dates run back a little now and then; so many older commits in a row end the walk. */
const OLDER_IN_A_ROW = 10;

/** How many of the newest commits lie inside, and whether the end was reached. */
function countInside(line: readonly LineCommit[], from: number): { inside: number; ended: boolean } {
  let inside = 0;
  for (const [index, { time }] of line.entries()) {
    if (time >= from) inside = index + 1;
    else if (index + 1 - inside >= OLDER_IN_A_ROW) return { inside, ended: true };
  }
  return { inside, ended: false };
}

interface Line {
  commits: LineCommit[];
  from: number;
}

/** The newest part of the line, in pages that grow, since nobody knows how many commits a month holds. */
async function readLine(
  repository: Repository,
  tip: string,
  { since, limit }: HistoryOptions,
): Promise<Line> {
  const without = since.kind === "revision" ? await resolveCommit(repository, since.revision) : undefined;
  for (let page = FIRST_PAGE; ; page *= 2) {
    const asked = without === undefined ? { atMost: page } : { without, atMost: page };
    const line = await readFirstParents(repository, tip, asked);
    const newest = line[0]?.time ?? 0;
    const from =
      since.kind === "span"
        ? newest - since.ms
        : since.kind === "instant"
          ? since.time
          : Number.NEGATIVE_INFINITY;
    const { inside, ended } = countInside(line, from);
    const commits = line.slice(0, inside);
    if (ended || line.length < page || splitPulls(commits).length > limit) return { commits, from };
  }
}

async function mergeBaseOf(repository: Repository, base: string, head: string): Promise<string | null> {
  const { status, stdout } = await repository.git(["merge-base", base, head], { accept: [0, 1] });
  return status === 0 ? stdout.toString().trim() : null;
}

/** Where the commits left the base: the one they all began from, or what git says of several. */
async function forkOf(
  repository: Repository,
  pull: LinePull,
  head: string,
  forks: readonly string[],
): Promise<string | null> {
  if (pull.kind !== "merge") return pull.base;
  return forks.length === 1 ? (forks[0] ?? null) : mergeBaseOf(repository, pull.base, head);
}

/** The part of what was brought that one of its commits holds. */
function heldBy(id: string, brought: Brought): Brought {
  const known = new Map(brought.commits.map((commit) => [commit.id, commit]));
  const held = new Set<string>();
  const forks = new Set<string>();
  const waiting = [id];
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    const commit = known.get(next);
    if (commit === undefined) forks.add(next);
    else if (!held.has(next)) {
      held.add(next);
      waiting.push(...commit.parents);
    }
  }
  return { commits: brought.commits.filter((commit) => held.has(commit.id)), forks: [...forks] };
}

/** The commits that the head grew through, by first parents, oldest first: the newest of them up to a bound. */
function growthOf(head: string, { commits }: Brought, atMost: number): Commit[] {
  const known = new Map(commits.map((commit) => [commit.id, commit]));
  const growth: Commit[] = [];
  for (
    let at = known.get(head);
    at !== undefined && growth.length <= atMost;
    at = known.get(at.parents[0] ?? "")
  )
    growth.unshift(at);
  return growth;
}

type Draft = Omit<Range, "changes">;

async function draftRanges(
  repository: Repository,
  pull: LinePull,
  brought: Brought,
  grown: number,
): Promise<Draft[] | null> {
  const drafts: Draft[] = [];
  for (const head of growthOf(pull.head, brought, grown)) {
    const part = head.id === pull.head ? brought : heldBy(head.id, brought);
    const base = await forkOf(repository, pull, head.id, part.forks);
    if (base === null) return null;
    drafts.push({ tip: pull.base, base, head, commits: part.commits });
  }
  return drafts;
}

/** Fills in what each range changed, all through one git process. */
async function compareAll(repository: Repository, pairs: readonly { from: string; to: string }[]) {
  const asked = pairs.map(({ from, to }) => ({ commit: { id: to }, parent: from }));
  const found = await comparePairs(repository, asked, ".");
  const changes = new Map(found.map(({ commit, parent, changes }) => [`${parent} ${commit.id}`, changes]));
  return (from: string, to: string): Change[] => changes.get(`${from} ${to}`) ?? [];
}

interface Drafted {
  pull: LinePull;
  drafts: Draft[];
}

async function draftAll(
  repository: Repository,
  pulls: readonly LinePull[],
  options: HistoryOptions,
): Promise<{ drafted: Drafted[]; unread: History["unread"] }> {
  const [oldest] = pulls;
  const newest = pulls.at(-1);
  if (oldest === undefined || newest === undefined) return { drafted: [], unread: [] };
  const commits = await listCommits(repository, [newest.end.id, `^${oldest.base}`]);
  const brought = assignCommits(pulls, commits);
  const shallow = await shallowCommits(repository);
  const drafted: Drafted[] = [];
  const unread: History["unread"] = [];
  for (const [index, pull] of pulls.entries()) {
    const { commits: own = [], forks = [] } = brought[index] ?? {};
    if (own.length === 0) continue;
    const isCut = own.some(({ id }) => shallow.has(id));
    const drafts = isCut ? null : await draftRanges(repository, pull, { commits: own, forks }, options.grown);
    const reason = isCut
      ? "the shallow clone cuts through it"
      : "it has no history in common with the branch";
    if (drafts === null) unread.push({ pull, reason });
    else drafted.push({ pull, drafts });
  }
  return { drafted, unread };
}

function stepsOf(pulls: readonly LinePull[]): { base: string; end: string }[] {
  return pulls.map(({ base, end }) => ({ base, end: end.id }));
}

/**
 * Reads the past pull requests of a branch from its own line and the commits behind it, from git objects alone.
 * @param tip full id of the branch's newest commit
 * @throws Refusal REVISION_UNKNOWN for a revision that is none, Fault where git cannot read
 */
export async function readHistory(
  repository: Repository,
  tip: string,
  options: HistoryOptions,
): Promise<History> {
  const { commits, from } = await readLine(repository, tip, options);
  const [newest] = commits.length > 0 ? commits : await readFirstParents(repository, tip, { atMost: 1 });
  if (newest === undefined) throw new Error("git shows no commit where one was resolved");
  const all = splitPulls(commits);
  const pulls = all.slice(Math.max(0, all.length - options.limit));
  const { drafted, unread } = await draftAll(repository, pulls, options);
  const pairs = drafted.flatMap(({ drafts }) =>
    drafts.map(({ base, head }) => ({ from: base, to: head.id })),
  );
  const steps = stepsOf(pulls);
  const changesOf = await compareAll(repository, [
    ...pairs,
    ...steps.map(({ base, end }) => ({ from: base, to: end })),
  ]);
  const oldest = commits.at(-1);
  const isCut =
    oldest !== undefined && oldest.parents.length === 0 && (await shallowCommits(repository)).has(oldest.id);
  return {
    tip: newest,
    pulls: drafted.flatMap(({ pull, drafts }) => {
      const grown = drafts.map((draft) => ({ ...draft, changes: changesOf(draft.base, draft.head.id) }));
      const range = grown.at(-1);
      return range === undefined || pull.end.time < from ? [] : [{ ...pull, range, grown }];
    }),
    unread,
    limited: all.length > pulls.length,
    cut: isCut ? oldest : null,
    steps: steps.map((step) => ({ ...step, changes: changesOf(step.base, step.end) })),
  };
}
