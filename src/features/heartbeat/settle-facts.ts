import type { Repository } from "../../platform/git/index.ts";
import { formatTimestamp } from "../../vocabulary/timestamp.ts";
import type { BeatCollector, Step } from "./beat-collector.ts";
import type { BeatFacts } from "./facts.ts";
import { findCombined } from "./find-combined.ts";

function stepsByFile(steps: readonly Step[]): Map<string, Step[]> {
  const files = new Map<string, Step[]>();
  for (const step of steps) {
    const known = files.get(step.file);
    if (known) known.push(step);
    else files.set(step.file, [step]);
  }
  return files;
}

function nameStep({ time, after }: Step): string {
  return `the beat of ${formatTimestamp(time)} stands after that of ${formatTimestamp(after.time)} (line ${after.line})`;
}

/**
 * Facts of all that was read. Steps back in time which a merge brought about are left out.
 * @param revisions where git looks for such merges; null where there is no history
 */
export async function settleFacts(
  repository: Repository,
  revisions: readonly string[] | null,
  collector: BeatCollector,
): Promise<BeatFacts> {
  for (const [file, steps] of stepsByFile(collector.steps)) {
    const excused = revisions === null ? null : await findCombined(repository, revisions, file, steps);
    for (const step of steps) {
      if (excused?.has(step)) continue;
      const { line } = step;
      collector.problems.add({ kind: "not-monotonic", file, line, message: nameStep(step) });
    }
  }
  return {
    tasks: collector.tasks(),
    problems: collector.problems.kept,
    omitted: collector.problems.omitted(),
    empty: [...collector.lines].filter(([, count]) => count === 0).map(([file]) => file),
  };
}
