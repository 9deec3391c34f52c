import type { Range, Repository, Tree } from "../../platform/git/index.ts";
import type { Config } from "../config/index.ts";
import { gatherRuns } from "../run/index.ts";
import { type Compared, compareWitnesses } from "./compare-witnesses.ts";
import type { WitnessedFacts } from "./judge-witnessed.ts";
import { readPackages } from "./read-packages.ts";
import { readSeenLines } from "./read-seen-lines.ts";
import { codeChanges } from "./see-files.ts";

/** The range whose witnesses are asked for. */
export interface WitnessGround {
  repository: Repository;
  range: Range;
  config: Config;
  /** The tree at the head of the range. */
  head: Tree;
  /** Changed code files. */
  code: readonly string[];
}

/** What the commits of a range hold to be compared. */
export async function readCompared({
  repository,
  range,
  config,
  head,
  code,
}: WitnessGround): Promise<Compared> {
  const [lines, packages] = await Promise.all([readSeenLines(repository, range), readPackages(head, code)]);
  const changes = codeChanges(range.changes, code);
  return {
    lines,
    code: changes.map((change) => ({ ...change, packages: packages.get(change.file) ?? [] })),
    window: config.witness.window,
    documentation: config.witness.documentation,
  };
}

/** What the commits of a range hold about who saw the work. */
export async function gatherWitness(ground: WitnessGround): Promise<WitnessedFacts> {
  const [compared, runs] = await Promise.all([
    readCompared(ground),
    gatherRuns(ground.repository, ground.range),
  ]);
  return { ...compareWitnesses(compared).facts, runs };
}
