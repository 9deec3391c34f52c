export { type Job, type JobRunner, type JobRunnerOptions, startJobs } from "./start-jobs.ts";
