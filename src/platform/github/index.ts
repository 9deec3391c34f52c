export type { Answer, GithubAccess } from "./ask-github.ts";
export {
  askMembership,
  askPull,
  askPullCommits,
  askPullsOfCommit,
  askReviews,
  type RepositoryName,
} from "./ask-pull.ts";
