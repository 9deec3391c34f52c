import type { Repository } from "./repository.ts";

/** The blob that each of these commits holds at a path, through one git process; null where there is none. */
export async function readIdsAt(
  repository: Repository,
  commits: readonly string[],
  path: string,
): Promise<(string | null)[]> {
  if (commits.length === 0) return [];
  const input = commits.map((commit) => `${commit}:${path}\n`).join("");
  const { stdout } = await repository.git(["cat-file", "--batch-check=%(objectname) %(objecttype)"], {
    input,
  });
  const answers = stdout.toString().split("\n");
  return commits.map((_, index) => /^([0-9a-f]{40,64}) blob$/.exec(answers[index] ?? "")?.[1] ?? null);
}
