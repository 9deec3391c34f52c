import { type Answer, askGithub, type GithubAccess, type Unseen } from "./ask-github.ts";

/** `owner/name` of a repository. */
export type RepositoryName = `${string}/${string}`;

const PAGE = 100;
/** Longer lists are read this far; who asks is told that there is more. */
const MAX_PAGES = 10;

const part = encodeURIComponent;

/** Where a repository lies in the REST interface. */
export function repositoryPath(name: RepositoryName): string {
  const [owner = "", repository = ""] = name.split("/");
  return `/repos/${part(owner)}/${part(repository)}`;
}

/** All pages of a list (docs.github.com "Using pagination in the REST API"). */
export async function askList(access: GithubAccess, path: string): Promise<{ found: unknown[] } | Unseen> {
  const found: unknown[] = [];
  for (let page = 1; page <= MAX_PAGES; page += 1) {
    const answer = await askGithub(access, `${path}?per_page=${PAGE}&page=${page}`);
    if ("unseen" in answer) return answer;
    if (!Array.isArray(answer.found)) return { unseen: "GitHub answered with something that is no list" };
    found.push(...answer.found);
    if (answer.found.length < PAGE) return { found };
  }
  return { unseen: `GitHub's list is longer than ${PAGE * MAX_PAGES} entries` };
}

/** GET /repos/{owner}/{repo}/pulls/{pull_number} */
export function askPull(access: GithubAccess, repository: RepositoryName, number: number): Promise<Answer> {
  return askGithub(access, `${repositoryPath(repository)}/pulls/${number}`);
}

/** GET /repos/{owner}/{repo}/pulls/{pull_number}/reviews, oldest first */
export function askReviews(access: GithubAccess, repository: RepositoryName, number: number) {
  return askList(access, `${repositoryPath(repository)}/pulls/${number}/reviews`);
}

/** GET /repos/{owner}/{repo}/pulls/{pull_number}/commits, oldest first; GitHub lists no more than 250 */
export function askPullCommits(access: GithubAccess, repository: RepositoryName, number: number) {
  return askList(access, `${repositoryPath(repository)}/pulls/${number}/commits`);
}

/** GET /repos/{owner}/{repo}/commits/{commit_sha}/pulls */
export function askPullsOfCommit(access: GithubAccess, repository: RepositoryName, commit: string) {
  return askList(access, `${repositoryPath(repository)}/commits/${part(commit)}/pulls`);
}

/** GET /orgs/{org}/teams/{team_slug}/memberships/{username}; a 404 says that the user is no member. */
export function askMembership(
  access: GithubAccess,
  team: { organisation: string; slug: string },
  user: string,
): Promise<Answer> {
  const path = `/orgs/${part(team.organisation)}/teams/${part(team.slug)}/memberships/${part(user)}`;
  return askGithub(access, path);
}
