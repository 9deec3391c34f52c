/** What narrows a trigger; a list that is not there narrows nothing. */
export interface Trigger {
  types?: readonly string[];
  branches?: readonly string[];
  "branches-ignore"?: readonly string[];
  paths?: readonly string[];
  "paths-ignore"?: readonly string[];
  tags?: readonly string[];
  "tags-ignore"?: readonly string[];
}

/** A step as data: nothing of it is run. Values may hold `${{ }}`. */
export interface Step {
  uses: string | null;
  run: string | null;
  with: Readonly<Record<string, string>>;
  env: Readonly<Record<string, string>>;
  /** Expression without `${{ }}`, such as `success()`. */
  condition: string;
  continueOnError: boolean;
}

export interface Job {
  id: string;
  /** May hold `${{ }}`; the check's name. */
  name: string;
  needs: readonly string[];
  condition: string;
  /** One row for each job that a matrix makes; one empty row without a matrix. */
  matrix: readonly Readonly<Record<string, unknown>>[];
  steps: readonly Step[];
  continueOnError: boolean;
  /** A job that calls another workflow, which is not followed. */
  calls: string | null;
}

/** A workflow file as GitHub would read it. */
export interface Workflow {
  file: string;
  triggers: Readonly<Record<string, Trigger>>;
  jobs: readonly Job[];
  /** Why GitHub would refuse the file; with any, nothing of it runs. */
  problems: readonly string[];
}
