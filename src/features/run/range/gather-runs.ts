import type { Range, Repository } from "../../../platform/git/index.ts";
import { RUN_KINDS, type RunKind } from "../../../vocabulary/run-kind.ts";
import { RECORD_FOLDER } from "../../record/index.ts";
import type { FoundRun } from "../recorded-run.ts";
import { Cover, headGround } from "./cover-head.ts";
import { readNewRuns, readRunsAt } from "./read-runs.ts";
import type { CoveredRun, KindFacts, RunFacts, SeenRun } from "./run-facts.ts";

/** Nobody looks further back for a run that covers the head. */
const MOST_LOOKED_AT = 50;

export function seen(run: FoundRun): SeenRun {
  const { agent, file, line, at, command, exit_code, tree, totals } = run;
  return {
    agent,
    file,
    line,
    at,
    command: command.join(" "),
    passed: exit_code === 0,
    exitCode: exit_code,
    tree: tree.before,
    totals,
  };
}

const isCovering = ({ covers }: CoveredRun) => covers.differing?.length === 0;

/** The last run on what the head holds; else the last that passed; else the last. */
export async function chooseLast(runs: readonly FoundRun[], cover: Cover): Promise<CoveredRun | null> {
  const looked: CoveredRun[] = [];
  for (const run of runs.slice(-MOST_LOOKED_AT).reverse()) {
    const covered = { ...seen(run), covers: await cover.of(run) };
    if (isCovering(covered)) return covered;
    looked.push(covered);
  }
  return looked.find(({ passed }) => passed) ?? looked[0] ?? null;
}

/** Denominators that a runner told: what is only printed is compared with nothing. */
function largestOf(earlier: readonly FoundRun[], atBase: FoundRun | undefined): KindFacts["largest"] {
  const told = [
    ...earlier.map((run) => ({ run, atBase: false })),
    ...(atBase ? [{ run: atBase, atBase: true }] : []),
  ]
    .filter(({ run }) => run.totals !== null && run.totals.source !== "claimed")
    .sort((a, b) => (b.run.totals?.exist ?? 0) - (a.run.totals?.exist ?? 0));
  const [first] = told;
  return first ? { ...seen(first.run), atBase: first.atBase } : null;
}

async function factsOf(
  kind: RunKind,
  runs: readonly FoundRun[],
  before: readonly FoundRun[],
  cover: Cover,
): Promise<KindFacts[]> {
  const ours = runs.filter((run) => run.kind === kind);
  const last = await chooseLast(ours, cover);
  if (last === null) return [];
  const others = ours.filter(({ file, line }) => file !== last.file || line !== last.line);
  const atBase = before
    .filter((run) => run.kind === kind && run.exit_code === 0 && run.totals !== null)
    .at(-1);
  const passed = ours.filter(({ exit_code }) => exit_code === 0).length;
  return [{ kind, runs: ours.length, passed, last, largest: largestOf(others, atBase) }];
}

/** What the commits of a range hold about runs: git objects only. */
export async function gatherRuns(repository: Repository, range: Range): Promise<RunFacts> {
  const changed = range.changes
    .map(({ path }) => path)
    .filter((path) => !path.startsWith(`${RECORD_FOLDER}/`));
  const runs = await readNewRuns(repository, range);
  const before = runs.length > 0 ? await readRunsAt(repository, range.base) : [];
  const cover = new Cover(repository, headGround(repository, range));
  const kinds: KindFacts[] = [];
  for (const kind of RUN_KINDS) kinds.push(...(await factsOf(kind, runs, before, cover)));
  return { changed, kinds };
}
