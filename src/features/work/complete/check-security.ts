import type { Repository } from "../../../platform/git/index.ts";
import { scanRepository } from "../../ban/index.ts";
import { findSecrets } from "../../evidence/index.ts";
import { addedLines } from "./added-lines.ts";

/** What the security check of a change found. */
export interface SecurityFindings {
  /** `file:line` and what kind of secret; never the secret. */
  secrets: string[];
  /** What blocks in the ban scan of the commit. */
  ban: string[];
}

const MAX_DIFF_BYTES = 32 << 20;
/** A diff of added lines alone, whatever the user's git settings say. */
export const DIFF_WORDS = [
  "diff",
  "--unified=0",
  "--no-color",
  "--no-ext-diff",
  "--no-textconv",
  "--no-renames",
  "--src-prefix=a/",
  "--dst-prefix=b/",
];

/** Null when the diff is too large to be searched: not checked is not handed in. */
async function secretsOf(repository: Repository, base: string): Promise<string[] | null> {
  const { stdout: mergeBase } = await repository.git(["merge-base", base, "HEAD"], { accept: [0, 1] });
  const from = mergeBase.toString().trim() || base;
  const { stdout } = await repository.git([...DIFF_WORDS, from, "HEAD", "--"]);
  if (stdout.length > MAX_DIFF_BYTES) return null;
  const lines = addedLines(stdout.toString("utf8"));
  const found = await findSecrets(lines.map(({ text }) => text).join("\n"));
  return found.map(({ line, rule }) => {
    const place = lines[line - 1];
    return `${place?.file}:${place?.line} (${rule})`;
  });
}

/** Secrets in what the branch adds, and banned packages in its production code. */
export async function checkSecurity(
  repository: Repository,
  base: string,
  scanner: { cwd: string; version: string },
): Promise<SecurityFindings | null> {
  const secrets = await secretsOf(repository, base);
  if (secrets === null) return null;
  const { findings } = await scanRepository(repository, { head: "HEAD" }, scanner);
  const blocking = findings.filter(({ level }) => level === "block");
  return { secrets, ban: blocking.map(({ file, line, message }) => `${file ?? ""}:${line ?? 1} ${message}`) };
}
