import { type Answer, askGithub, type GithubAccess } from "./ask-github.ts";
import { askList, type RepositoryName, repositoryPath } from "./ask-pull.ts";

const part = encodeURIComponent;

/** GET /repos/{owner}/{repo} */
export function askRepository(access: GithubAccess, repository: RepositoryName): Promise<Answer> {
  return askGithub(access, repositoryPath(repository));
}

/** GET /repos/{owner}/{repo}/branches/{branch}; says to everybody who may read which checks its protection requires */
export function askBranch(access: GithubAccess, repository: RepositoryName, branch: string): Promise<Answer> {
  return askGithub(access, `${repositoryPath(repository)}/branches/${part(branch)}`);
}

/** GET /repos/{owner}/{repo}/rules/branches/{branch}: the active rules of all rulesets that are about the branch */
export function askBranchRules(access: GithubAccess, repository: RepositoryName, branch: string) {
  return askList(access, `${repositoryPath(repository)}/rules/branches/${part(branch)}`);
}

/** GET /repos/{owner}/{repo}/rulesets/{ruleset_id}; who may pass it by is told to those alone who may change it */
export function askRuleset(access: GithubAccess, repository: RepositoryName, id: number): Promise<Answer> {
  return askGithub(access, `${repositoryPath(repository)}/rulesets/${id}`);
}

/** GET /repos/{owner}/{repo}/commits/{ref}/check-runs, the latest of each name; the first hundred */
export function askCheckRuns(access: GithubAccess, repository: RepositoryName, ref: string): Promise<Answer> {
  return askGithub(access, `${repositoryPath(repository)}/commits/${part(ref)}/check-runs?per_page=100`);
}

/** GET /repos/{owner}/{repo}/commits/{ref}/status: what older CI systems say, put together */
export function askStatus(access: GithubAccess, repository: RepositoryName, ref: string): Promise<Answer> {
  return askGithub(access, `${repositoryPath(repository)}/commits/${part(ref)}/status`);
}
