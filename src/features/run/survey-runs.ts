import type { Repository } from "../../platform/git/index.ts";
import { RUN_KINDS, type RunKind } from "../../vocabulary/run-kind.ts";
import { readEvidence } from "../evidence/index.ts";
import { Cover, workingGround } from "./range/cover-head.ts";
import { chooseLast } from "./range/gather-runs.ts";
import { foundRun, inOrder } from "./range/read-runs.ts";
import type { CoveredRun } from "./range/run-facts.ts";
import { type FoundRun, RUN_TOOL } from "./recorded-run.ts";
import { findBase } from "./tree/look-at-tree.ts";

/** The run of a kind that counts for what the working tree holds now. */
export interface Standing {
  kind: RunKind;
  /** Null when none is recorded. */
  last: CoveredRun | null;
}

/** The runs that a working tree holds records of. */
export interface Survey {
  /** Oldest first. */
  runs: FoundRun[];
  standing: Standing[];
}

export interface SurveyQuery {
  kind?: string | undefined;
  agent?: string | undefined;
  task?: string | undefined;
}

/** Reads the runs that the working tree's records tell of, and what of its content the last of each kind ran on. */
export async function surveyRuns(repository: Repository, query: SurveyQuery = {}): Promise<Survey> {
  const { kind, agent, task } = query;
  const found: FoundRun[] = [];
  await readEvidence(repository, { tool: RUN_TOOL, agent, task }, ({ file, line, entry }) => {
    const run = foundRun(entry, file, line);
    if (run && (kind === undefined || run.kind === kind)) found.push(run);
  });
  const runs = inOrder(found);
  const cover = new Cover(repository, await workingGround(repository, await findBase(repository)));
  const standing: Standing[] = [];
  for (const each of RUN_KINDS) {
    const ours = runs.filter((run) => run.kind === each);
    if (kind === undefined || kind === each)
      standing.push({ kind: each, last: await chooseLast(ours, cover) });
  }
  return { runs, standing };
}
