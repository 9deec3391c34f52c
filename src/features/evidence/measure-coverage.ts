/** What one commit did, as far as coverage is concerned. */
export interface CommitWork {
  commit: string;
  /** Code files that it added, changed or removed. */
  code: string[];
  /** Who added valid evidence lines with which tools. */
  evidence: { agent: string; tool: string; lines: number }[];
}

export interface Share {
  name: string;
  changed: number;
  covered: number;
}

/** A witness of changes: an agent, or a tool. */
export interface Witness {
  name: string;
  /** Covered files near which it added evidence. */
  files: number;
  lines: number;
}

export interface Coverage {
  changed: number;
  covered: number;
  /** Whole percent, rounded down so that 100 means all; null when no code changed. */
  percent: number | null;
  byFolder: Share[];
  byAgent: Witness[];
  byTool: Witness[];
  /** Files of which a change is not covered, and the commit of the first such change. */
  uncovered: { file: string; commit: string }[];
}

/** How a file comes to count, in one sentence. */
export const COVERAGE_RULE =
  "A changed code file is covered when every commit that changed it adds a valid evidence line itself, or a commit without code does that no other commit with code parts from it.";

type Evidence = CommitWork["evidence"];

/** Evidence of commits without code goes to both neighbouring commits with code; commits with neither part nothing. */
function evidenceNear(work: readonly CommitWork[]): Map<CommitWork, Evidence> {
  const near = new Map<CommitWork, Evidence>();
  for (const order of [work, [...work].reverse()]) {
    let loose: Evidence = [];
    for (const commit of order) {
      if (commit.code.length === 0) loose = [...loose, ...commit.evidence];
      else {
        near.set(commit, [...(near.get(commit) ?? commit.evidence), ...loose]);
        loose = [];
      }
    }
  }
  return near;
}

function folderOf(file: string): string {
  const folders = file.split("/").slice(0, -1);
  return folders.length === 0 ? "." : folders.slice(0, 2).join("/");
}

function compareNames(a: { name: string }, b: { name: string }): number {
  return a.name < b.name ? -1 : a.name > b.name ? 1 : 0;
}

function sharesOf(files: ReadonlySet<string>, uncovered: ReadonlyMap<string, string>): Share[] {
  const shares = new Map<string, Share>();
  for (const file of files) {
    const name = folderOf(file);
    const share = shares.get(name) ?? { name, changed: 0, covered: 0 };
    share.changed += 1;
    if (!uncovered.has(file)) share.covered += 1;
    shares.set(name, share);
  }
  return [...shares.values()].sort(compareNames);
}

/** Counts lines once, and the covered files near them. */
function witnessesOf(
  work: readonly CommitWork[],
  near: ReadonlyMap<CommitWork, Evidence>,
  uncovered: ReadonlyMap<string, string>,
  nameOf: (evidence: Evidence[number]) => string,
): Witness[] {
  const files = new Map<string, Set<string>>();
  const lines = new Map<string, number>();
  for (const { evidence } of work) {
    for (const each of evidence) lines.set(nameOf(each), (lines.get(nameOf(each)) ?? 0) + each.lines);
  }
  for (const [{ code }, evidence] of near) {
    for (const name of new Set(evidence.map(nameOf))) {
      const seen = files.get(name) ?? new Set();
      for (const file of code) if (!uncovered.has(file)) seen.add(file);
      files.set(name, seen);
    }
  }
  const witnesses = [...lines].map(([name, count]) => ({
    name,
    files: files.get(name)?.size ?? 0,
    lines: count,
  }));
  return witnesses.sort(compareNames);
}

/** @param work commits of a range, parents before children */
export function measureCoverage(work: readonly CommitWork[]): Coverage {
  const near = evidenceNear(work);
  const files = new Set<string>();
  const uncovered = new Map<string, string>();
  for (const commit of work) {
    for (const file of commit.code) {
      files.add(file);
      if ((near.get(commit) ?? []).length === 0 && !uncovered.has(file)) uncovered.set(file, commit.commit);
    }
  }
  const covered = files.size - uncovered.size;
  return {
    changed: files.size,
    covered,
    percent: files.size === 0 ? null : Math.floor((covered * 100) / files.size),
    byFolder: sharesOf(files, uncovered),
    byAgent: witnessesOf(work, near, uncovered, ({ agent }) => agent),
    byTool: witnessesOf(work, near, uncovered, ({ tool }) => tool),
    uncovered: [...uncovered]
      .map(([file, commit]) => ({ file, commit }))
      .sort((a, b) => (a.file < b.file ? -1 : 1)),
  };
}
