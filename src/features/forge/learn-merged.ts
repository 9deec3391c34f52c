import type { Repository } from "../../platform/git/index.ts";
import { askPull, askPullsOfCommit, type GithubAccess } from "../../platform/github/index.ts";
import type { Config } from "../config/index.ts";
import { type Approval, judgeOverride, type Subject } from "../guard/index.ts";
import { askApprovals } from "./ask-approvals.ts";
import type { Learned } from "./learn-pull.ts";
import { type MergedCommit, mergedCommits } from "./merged-commits.ts";
import { missed, type Note, saw } from "./note.ts";
import type { Occasion } from "./read-occasion.ts";
import { type Pull, readPull } from "./read-pull.ts";

/** Longer ranges name nobody: each step costs a question or two. */
const MAX_STEPS = 20;

/** The pull requests that make up a range, all of it; or why they are not known. */
type Found = { pulls: Pull[] } | { why: string };

async function askQueued(access: GithubAccess, { repository, pull }: Occasion): Promise<Pull | string> {
  if (pull === null) return "the queue's branch names no pull request";
  const answer = await askPull(access, repository, pull);
  if ("unseen" in answer) return answer.unseen;
  return readPull(answer.found) ?? `GitHub's answer describes no pull request #${pull}`;
}

/** The pull request that a step of the target brought in: a merge names its last commit, a merged one the step itself. */
async function askStep(
  access: GithubAccess,
  { repository, kind, target }: Occasion,
  { id, merged }: MergedCommit,
): Promise<Pull | string> {
  const asked = kind === "push" ? id : merged;
  if (asked === null) return `commit ${id.slice(0, 10)} is no merge of a pull request`;
  const answer = await askPullsOfCommit(access, repository, asked);
  if ("unseen" in answer) return answer.unseen;
  const pulls = answer.found.map(readPull).filter((pull) => pull !== null);
  const fits = (pull: Pull) =>
    pull.target === target && (kind === "push" ? pull.isMerged : pull.head === merged);
  return pulls.find(fits) ?? `no pull request for this branch brought commit ${asked.slice(0, 10)}`;
}

/** A squash is one commit, a rebase as many as the pull request has. */
function isAllOf(steps: readonly MergedCommit[], { head, commits }: Pull): boolean {
  const [first] = steps;
  if (steps.length === 1 && first) return first.merged === null || first.merged === head;
  return steps.every(({ merged }) => merged === null) && steps.length === commits;
}

async function findPulls(
  access: GithubAccess,
  occasion: Occasion,
  steps: readonly MergedCommit[],
): Promise<Found> {
  if (steps.length === 0 || steps.length > MAX_STEPS) return { why: `it has ${steps.length} steps` };
  if (occasion.kind === "merge-group") {
    const queued = await askQueued(access, occasion);
    if (typeof queued !== "string" && isAllOf(steps, queued)) return { pulls: [queued] };
    if (typeof queued === "string" && steps.every(({ merged }) => merged === null)) return { why: queued };
  }
  const pulls = new Map<number, Pull>();
  for (const step of steps) {
    const pull = await askStep(access, occasion, step);
    if (typeof pull === "string") return { why: pull };
    pulls.set(pull.number, pull);
  }
  return { pulls: [...pulls.values()] };
}

interface Judging {
  allowed: readonly string[];
  time: number;
}

/** The approvals that override one pull request, or null when there is none. */
async function overridesOf(
  access: GithubAccess,
  { repository }: Occasion,
  pull: Pull,
  { allowed, time }: Judging,
): Promise<{ approvals: Approval[]; notes: Note[] }> {
  const { approvals, notes } = await askApprovals(access, repository, pull, allowed);
  const about = { head: pull.head, headTime: time, actor: pull.author };
  const holding = approvals.filter((approval) => judgeOverride([approval], allowed, about) !== null);
  return { approvals: holding, notes };
}

/** Overrides of the range: one of each pull request in it, or none; they are given for the range's own head then. */
async function learnOverrides(
  access: GithubAccess,
  occasion: Occasion,
  pulls: readonly Pull[],
  judging: Judging,
  head: string,
): Promise<{ approvals: Approval[]; notes: Note[] }> {
  const all = await Promise.all(pulls.map((pull) => overridesOf(access, occasion, pull, judging)));
  const notes = all.flatMap((one) => one.notes);
  if (all.some(({ approvals }) => approvals.length === 0)) return { approvals: [], notes };
  return { approvals: all.flatMap(({ approvals }) => approvals.map((one) => ({ ...one, head }))), notes };
}

/**
 * Author and overrides of a range that holds merged pull requests: a merge group, or a push to a branch. The event
 * names neither, so the forge is asked, and only where the rules make a difference by them.
 */
export async function learnMerged(
  access: GithubAccess,
  occasion: Occasion,
  subject: Subject,
  { config, repository }: { config: Config; repository: Repository },
): Promise<Learned> {
  const { exempt, override } = config.pullRequest;
  const { base, head } = subject;
  if (base === null || (exempt.length === 0 && override.length === 0)) return { subject, notes: [] };
  const { steps, time } = await mergedCommits(repository, base, head);
  const found = await findPulls(access, occasion, steps);
  if ("why" in found) {
    const why = `the pull requests of this range are not known, so that nobody is exempt and nothing overridden`;
    return { subject, notes: [missed(`${why}: ${found.why}`)] };
  }
  const { pulls } = found;
  const authors = [...new Set(pulls.map(({ author }) => author))];
  const overrides = await learnOverrides(access, occasion, pulls, { allowed: override, time }, head);
  const names = pulls.map(({ number, author }) => `#${number} of ${author}`).join(", ");
  return {
    subject: {
      ...subject,
      actor: authors.length === 1 ? (authors[0] ?? null) : null,
      approvals: overrides.approvals,
    },
    notes: [saw(`the range holds ${names}`), ...overrides.notes],
  };
}
