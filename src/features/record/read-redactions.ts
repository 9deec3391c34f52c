import { commitTree, type Repository, readOne, type Tree } from "../../platform/git/index.ts";
import { JsonLines } from "./json-lines.ts";
import { REDACTIONS_FILE } from "./record-path.ts";

/** A line that was taken out because it held a secret (contract §1). */
export interface Redaction {
  /** Of the line that was taken out. */
  sha256: string;
  reason: string;
  approver: string;
}

function isText(value: unknown): value is string {
  return typeof value === "string" && value.trim() !== "";
}

/** The redactions on record in a tree. A line without sum, reason and approver redacts nothing. */
export async function readRedactions(tree: Tree): Promise<Redaction[]> {
  const content = await readOne(tree, REDACTIONS_FILE);
  const redactions: Redaction[] = [];
  const reader = new JsonLines({
    object({ sha256, reason, approver }) {
      if (isText(sha256) && /^[0-9a-f]{64}$/.test(sha256) && isText(reason) && isText(approver)) {
        redactions.push({ sha256, reason, approver });
      }
    },
    problem: () => undefined,
  });
  if (content) reader.write(content);
  reader.end();
  return redactions;
}

/** Sums of the lines that are redacted at a commit. */
export async function redactedSums(repository: Repository, commit: string): Promise<Set<string>> {
  const tree = commitTree(repository, commit, REDACTIONS_FILE);
  return new Set((await readRedactions(tree)).map(({ sha256 }) => sha256));
}
