import { type Repository, treeWithout } from "../../platform/git/index.ts";
import type { RunKind } from "../../vocabulary/run-kind.ts";
import { RECORD_FOLDER } from "../record/index.ts";
import type { FoundRun } from "./recorded-run.ts";
import { surveyRuns } from "./survey-runs.ts";

/** A recorded run of exactly what a commit holds, records left out. */
export interface CompletionRun {
  kind: RunKind;
  passed: boolean;
  /** Place of its line: `<file>:<line>`. */
  reference: string;
  recorded: FoundRun;
}

/**
 * The last run of each kind that an agent recorded on exactly the content of the checked-out commit, for whoever
 * completes a task with it. A line of a run lies in the working tree, committed or not: it is no part of that content.
 */
export async function completionRuns(repository: Repository, agent: string): Promise<CompletionRun[]> {
  const tree = await treeWithout(repository, "HEAD", RECORD_FOLDER);
  const { runs } = await surveyRuns(repository, { agent });
  const last = new Map<RunKind, FoundRun>();
  for (const run of runs) if (run.kind && run.tree.before === tree) last.set(run.kind, run);
  return [...last].map(([kind, recorded]) => ({
    kind,
    passed: recorded.exit_code === 0,
    reference: `${recorded.file}:${recorded.line}`,
    recorded,
  }));
}
