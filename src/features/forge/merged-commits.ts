import type { Repository } from "../../platform/git/index.ts";

/** One step of the target branch. */
export interface MergedCommit {
  id: string;
  /** What a merge commit brought in; null for a commit that is no merge of two. */
  merged: string | null;
}

/** The steps that lead the target from `base` to `head`, newest first, and the time of the newest in milliseconds. */
export async function mergedCommits(
  repository: Repository,
  base: string,
  head: string,
): Promise<{ steps: MergedCommit[]; time: number }> {
  const words = ["log", "--first-parent", "--format=%H %ct %P", "--end-of-options", `${base}..${head}`];
  const lines = (await repository.git(words)).stdout.toString().split("\n").filter(Boolean);
  const steps = lines.map((line) => {
    const [id = "", , , merged, ...more] = line.split(" ");
    return { id, merged: merged !== undefined && more.length === 0 ? merged : null };
  });
  return { steps, time: Number(lines[0]?.split(" ")[1] ?? 0) * 1_000 };
}
