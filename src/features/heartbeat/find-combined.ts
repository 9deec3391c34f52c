import { type Repository, readBlobs } from "../../platform/git/index.ts";
import { linesOf } from "../record/index.ts";
import type { Step } from "./beat-collector.ts";

/** Versions over this size are not compared; what stands in them is not excused. */
const MAX_COMPARED = 64 << 20;
/** More merges of one file than these are not looked at. */
const MAX_MERGES = 500;

/** A merge commit that combined a file: its version and those of its parents. */
interface Combination {
  merged: string;
  parents: string[];
}

/** `::100644 100644 100644 <blob> <blob> <merged blob> MM	<path>`, with one colon for each parent. */
function parseCombination(line: string): Combination {
  const parents = line.search(/[^:]/);
  const [head = ""] = line.slice(parents).split("\t");
  const blobs = head.split(" ").slice(parents + 1, 2 * parents + 2);
  return { merged: blobs[parents] ?? "", parents: blobs.slice(0, parents) };
}

/** Merges in which the file differs from every parent, latest first. */
async function listCombinations(
  repository: Repository,
  revisions: readonly string[],
  path: string,
): Promise<Combination[]> {
  const options = ["--full-history", "--min-parents=2", "-c", "--raw", "--no-abbrev", "--no-renames"];
  const { stdout } = await repository.git([
    "log",
    ...options,
    "--no-ext-diff",
    "--format=",
    ...revisions,
    "--",
    path,
  ]);
  const lines = stdout.toString().split("\n");
  return lines
    .filter((line) => line.startsWith("::"))
    .slice(0, MAX_MERGES)
    .map(parseCombination);
}

async function lineSets(repository: Repository, blobs: readonly string[]): Promise<Map<string, Set<string>>> {
  const sets = new Map<string, Set<string>>();
  const wanted = [...new Set(blobs)].filter((blob) => !/^0*$/.test(blob));
  for await (const [blob, found] of readBlobs(repository, wanted, MAX_COMPARED)) {
    if ("content" in found) sets.set(blob, new Set(linesOf(found.content)));
  }
  return sets;
}

function hasBoth(lines: Set<string> | undefined, { text, after }: Step): boolean {
  // linesOf reads bytes as latin-1, steps hold them as UTF-8.
  const bytes = (line: string) => Buffer.from(line, "utf8").toString("latin1");
  return lines?.has(bytes(text)) === true && lines.has(bytes(after.text));
}

/**
 * Which steps back in time of one file came about because a merge put lines of two branches together: the merge
 * holds both lines, and no parent does. Asked only where there are steps: it reads history.
 */
export async function findCombined(
  repository: Repository,
  revisions: readonly string[],
  path: string,
  steps: readonly Step[],
): Promise<Set<Step>> {
  const excused = new Set<Step>();
  for (const { merged, parents } of await listCombinations(repository, revisions, path)) {
    const sets = await lineSets(repository, [merged, ...parents]);
    for (const step of steps) {
      const together = parents.some((parent) => hasBoth(sets.get(parent), step));
      if (!together && hasBoth(sets.get(merged), step)) excused.add(step);
    }
  }
  return excused;
}
