import { type Repository, splitZero } from "../../platform/git/index.ts";

/** Which of these paths git ignores, and by what: `.gitignore:3: artifacts/`. Tracked files are not ignored. */
export async function findIgnored(
  repository: Repository,
  paths: readonly string[],
): Promise<Map<string, string>> {
  const ignored = new Map<string, string>();
  if (paths.length === 0 || repository.worktree === null) return ignored;
  const input = `${paths.join("\0")}\0`;
  // It reads paths literally and refuses to be told so. Exit 1 says that none is ignored.
  const args = ["--no-literal-pathspecs", "check-ignore", "--verbose", "-z", "--stdin"];
  const { stdout } = await repository.git(args, { input, accept: [0, 1] });
  const words = splitZero(stdout);
  for (let at = 0; at + 3 < words.length; at += 4) {
    const [source = "", line = "", pattern = "", path = ""] = words.slice(at, at + 4);
    if (!pattern.startsWith("!")) ignored.set(path, `${source}:${line}: ${pattern}`);
  }
  return ignored;
}
