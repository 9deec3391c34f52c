import { askPullCommits, type GithubAccess } from "../../platform/github/index.ts";
import type { Subject } from "../guard/index.ts";
import { missed, type Note } from "./note.ts";
import { readObject, readText } from "./read-object.ts";
import type { Occasion } from "./read-occasion.ts";

/** GitHub lists no more commits of a pull request (docs.github.com "List commits on a pull request"). */
const MAX_LISTED = 250;
/** The account under which GitHub signs what is committed through it. */
const GITHUB_ITSELF = "web-flow";

/**
 * GitHub's signature over a commit that `actor` made through it. The author of a commit is only claimed; that GitHub
 * committed it and vouches for it is not.
 */
export function isSignedFor(actor: string, commit: unknown): boolean {
  const author = readText(readObject(commit, "author").login);
  const committer = readText(readObject(commit, "committer").login);
  const { verified } = readObject(commit, "commit", "verification");
  return verified === true && author === actor && (committer === actor || committer === GITHUB_ITSELF);
}

async function whyNot(
  access: GithubAccess,
  { repository, pull }: Occasion,
  head: string,
  actor: string,
): Promise<string | null> {
  if (pull === null) return "the event names no number";
  const answer = await askPullCommits(access, repository, pull);
  if ("unseen" in answer) return answer.unseen;
  const { found } = answer;
  if (readObject(found.at(-1)).sha !== head || found.length >= MAX_LISTED) {
    return "GitHub does not list its commits to this head";
  }
  const foreign = found.find((commit) => !isSignedFor(actor, commit));
  if (foreign === undefined) return null;
  const id = readText(readObject(foreign).sha) ?? "";
  return `commit ${id.slice(0, 10)} is not signed by GitHub for that account`;
}

/**
 * Who is answerable. A text may be edited, or a pull request reopened, after somebody else pushed to a bot's branch:
 * the bot's exemption is not that person's.
 * @param exempt accounts that the rules exempt
 */
export async function confirmExempt(
  access: GithubAccess,
  occasion: Occasion,
  { actor, head }: Subject,
  exempt: readonly string[],
): Promise<{ actor: string | null; notes: Note[] }> {
  const isExempt = exempt.some((name) => name.toLowerCase() === actor?.toLowerCase());
  if (actor === null || !isExempt || occasion.namesPusher) return { actor, notes: [] };
  const reason = await whyNot(access, occasion, head, actor);
  if (reason === null) return { actor, notes: [] };
  return {
    actor: null,
    notes: [missed(`${actor} opened it, but who pushed last could not be seen: ${reason}`)],
  };
}
