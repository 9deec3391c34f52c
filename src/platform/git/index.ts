export { commitTree, indexTree } from "./commit-tree.ts";
export { isPlainPath } from "./decode-path.ts";
export { findDefaultBase } from "./find-default-base.ts";
export { commonGitDirectory, findWorktree, gitDirectory } from "./git-directory.ts";
export { type BlobReader, openBlobs, readBlobs, streamBlob } from "./read-blobs.ts";
export {
  type Change,
  type Commit,
  type CommitChanges,
  listChanges,
  type Range,
  readCommitChanges,
  readRange,
  resolveCommit,
} from "./read-range.ts";
export { openRepository, type Repository } from "./repository.ts";
export { type GitResult, splitZero } from "./run-git.ts";
export { readOne, type SearchPatterns, type Tree, type TreeContent, type TreeEntry } from "./tree.ts";
export { pathInside, type WorkingTree, workingTree } from "./working-tree.ts";
