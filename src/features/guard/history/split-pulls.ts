import type { LineCommit } from "../../../platform/git/index.ts";

/**
 * How a change came to the default branch: by a merge commit, as one commit of a forge (squash), or as commits that
 * somebody put there directly.
 */
export type PullKind = "merge" | "squash" | "direct";

/** A past pull request as the branch's own line shows it. */
export interface LinePull {
  kind: PullKind;
  /** The branch before it. */
  base: string;
  /** What was judged, had a guard been asked. */
  head: string;
  /** The commit of the line that ends it: from here on the branch holds it. */
  end: LineCommit;
  title: string;
  author: string;
  /** Commits of the line that belong to it, oldest first; of a merge the merge commit alone. */
  line: LineCommit[];
}

/** Direct commits of one author further apart are two pieces of work: the pause that parts spans (contract §3). */
const PAUSE_MS = 8 * 3_600_000;
/** What forges put at the end of the subject when they squash: `(#12)`, `(!12)`. */
const SQUASHED = /\([#!]\d+\)$/;
const FORGE_MERGE = /^Merge pull request (#\d+) /;
const GITLAB_MERGE = /^Merge branch '.*' into /;

function titleOf({ subject, body }: LineCommit): string {
  const [, number] = FORGE_MERGE.exec(subject) ?? [];
  if (number !== undefined) return body === "" ? subject : `${body} (${number})`;
  return GITLAB_MERGE.test(subject) && body !== "" && !body.startsWith("#") ? body : subject;
}

function pullOf(commit: LineCommit, base: string): LinePull {
  const { parents, author, subject } = commit;
  const isMerge = parents.length > 1;
  const kind = isMerge ? "merge" : SQUASHED.test(subject) ? "squash" : "direct";
  // An octopus has several heads; what was merged is then seen at the merge commit.
  const head = parents.length === 2 ? (parents[1] ?? commit.id) : commit.id;
  return { kind, base, head, end: commit, title: titleOf(commit), author, line: [commit] };
}

function continues(before: LinePull | undefined, commit: LineCommit): before is LinePull {
  if (before?.kind !== "direct" || commit.parents.length !== 1 || SQUASHED.test(commit.subject)) return false;
  const pause = Math.abs(commit.time - before.end.time);
  return before.end.email === commit.email && pause <= PAUSE_MS;
}

/**
 * Takes a branch's own line apart into past pull requests. Direct commits of one author that follow each other with
 * pauses of at most 8 hours are one. A commit without a parent is none: there is nothing to compare it with.
 * @param line newest first, as git tells it
 * @returns oldest first
 */
export function splitPulls(line: readonly LineCommit[]): LinePull[] {
  const pulls: LinePull[] = [];
  for (const commit of [...line].reverse()) {
    const [base] = commit.parents;
    if (base === undefined) continue;
    const before = pulls.at(-1);
    if (continues(before, commit)) {
      pulls[pulls.length - 1] = { ...before, head: commit.id, end: commit, line: [...before.line, commit] };
    } else pulls.push(pullOf(commit, base));
  }
  return pulls;
}
