export {
  askBranch,
  askBranchRules,
  askCheckRuns,
  askRepository,
  askRuleset,
  askStatus,
} from "./ask-branch.ts";
export type { Answer, GithubAccess } from "./ask-github.ts";
export {
  askMembership,
  askPull,
  askPullCommits,
  askPullsOfCommit,
  askReviews,
  type RepositoryName,
} from "./ask-pull.ts";
