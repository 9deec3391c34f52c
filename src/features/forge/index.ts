export { findGithub, type GithubPlace } from "./branch/find-github.ts";
export { type BranchCheck, lookAtDefaultBranch } from "./branch/look-at-branch.ts";
export { fetchRange } from "./fetch-range.ts";
export { learnFromForge } from "./learn-from-forge.ts";
export type { Learned } from "./learn-pull.ts";
export { missed, type Note, saw } from "./note.ts";
export { type Occasion, readOccasion } from "./read-occasion.ts";
