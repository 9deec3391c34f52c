import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { type Repository, splitZero } from "../../../platform/git/index.ts";

/** Answers of git about paths, under rules that are not written yet. */
export interface GitView {
  /** Of these paths those that git would ignore, each with the file whose rule decides. */
  findIgnored(paths: readonly string[]): Promise<Map<string, { source: string; rule: string }>>;
  /** Attribute → value for one path; `set` and `unset` as git says. */
  readAttributes(path: string, names: readonly string[]): Promise<Map<string, string>>;
}

async function gitFolderOf(repository: Repository): Promise<string> {
  const { stdout } = await repository.git(["rev-parse", "--absolute-git-dir"]);
  return stdout.toString().replace(/\r?\n$/, "");
}

function viewOf(repository: Repository, place: readonly string[]): GitView {
  // Both read paths literally, and refuse to be told so.
  const ask = [...place, "--no-literal-pathspecs"];
  return {
    async findIgnored(paths) {
      if (paths.length === 0) return new Map();
      // Without the index: what is tracked already says nothing about the next record.
      const words = [...ask, "check-ignore", "--no-index", "--verbose", "-z", "--stdin"];
      const input = `${paths.join("\0")}\0`;
      const found = splitZero((await repository.git(words, { input, accept: [0, 1] })).stdout);
      const ignored = new Map<string, { source: string; rule: string }>();
      for (let at = 0; at + 3 < found.length; at += 4) {
        const [source = "", line = "", rule = "", path = ""] = found.slice(at, at + 4);
        if (!rule.startsWith("!")) ignored.set(path, { source, rule: `${source}:${line}: ${rule}` });
      }
      return ignored;
    },
    async readAttributes(path, names) {
      const words = [...ask, "check-attr", "-z", ...names, "--", path];
      const found = splitZero((await repository.git(words)).stdout);
      const values = new Map<string, string>();
      for (let at = 0; at + 2 < found.length; at += 3) values.set(found[at + 1] ?? "", found[at + 2] ?? "");
      return values;
    },
  };
}

/** What git says of the working tree as it is. */
export function askGit(repository: Repository): GitView {
  return viewOf(repository, []);
}

/**
 * What git would say if these ignore and attribute files stood in the working tree: they are laid into an empty one,
 * under the repository's own settings, exclude file and the user's own rules.
 */
export async function askGitAbout<Answer>(
  repository: Repository,
  files: ReadonlyMap<string, string | Buffer | null>,
  question: (view: GitView) => Promise<Answer>,
): Promise<Answer> {
  const gitFolder = await gitFolderOf(repository);
  const tree = mkdtempSync(join(tmpdir(), "growth-engine-init-"));
  try {
    for (const [path, content] of files) {
      if (content === null) continue;
      mkdirSync(dirname(join(tree, path)), { recursive: true });
      writeFileSync(join(tree, path), content);
    }
    return await question(viewOf(repository, ["-C", tree, `--git-dir=${gitFolder}`, `--work-tree=${tree}`]));
  } finally {
    rmSync(tree, { recursive: true, force: true });
  }
}
