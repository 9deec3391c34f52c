export type { Answer, GithubAccess } from "./ask-github.ts";
export {
  askMembership,
  askPull,
  askPullsOfCommit,
  askReviews,
  type RepositoryName,
} from "./github.ts";
