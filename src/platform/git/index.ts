export { borrowObjects } from "./borrow-objects.ts";
export { commitTree, indexTree } from "./commit-tree.ts";
export { isPlainPath } from "./decode-path.ts";
export { type FetchSource, fetchObjects, type Wanted } from "./fetch-objects.ts";
export { findDefaultBase } from "./find-default-base.ts";
export { type LineCommit, readFirstParents } from "./first-parents.ts";
export { commonGitDirectory, findWorktree, gitDirectory, sharedGitDirectory } from "./git-directory.ts";
export { openMirror } from "./open-mirror.ts";
export { type PastTrees, pastTrees } from "./past-trees.ts";
export { type BlobReader, openBlobs, readBlobs, streamBlob } from "./read-blobs.ts";
export { type Difference, listDifferences, readContent, type WorkingContent } from "./read-content.ts";
export { readIdsAt } from "./read-ids-at.ts";
export {
  type Change,
  type Commit,
  type CommitChanges,
  comparePairs,
  isShallow,
  listChanges,
  listCommits,
  type Range,
  readCommitChanges,
  readRange,
  resolveCommit,
  shallowCommits,
  UNSHALLOW,
} from "./read-range.ts";
export { openRepository, type Repository } from "./repository.ts";
export { type GitResult, splitZero } from "./run-git.ts";
export type { PathStats } from "./stat-paths.ts";
export { readOne, type SearchPatterns, type Tree, type TreeContent, type TreeEntry } from "./tree.ts";
export { treeWithout } from "./tree-without.ts";
export { pathInside, type WorkingTree, workingTree } from "./working-tree.ts";
