export { type GroupCommit, type GroupCommitOptions, groupCommit, type Outcome } from "./group-commit.ts";
