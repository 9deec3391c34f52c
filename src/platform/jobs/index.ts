export { type JobState, readJobs } from "./read-jobs.ts";
export { type Job, type JobRunner, type JobRunnerOptions, startJobs } from "./start-jobs.ts";
