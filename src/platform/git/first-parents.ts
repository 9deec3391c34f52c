import type { Repository } from "./repository.ts";

/** A commit of a branch's own line, with what people call it. */
export interface LineCommit {
  id: string;
  /** Empty for a root, and where a shallow clone is cut. */
  parents: string[];
  /** Committer time in milliseconds since 1970. */
  time: number;
  author: string;
  /** Of the author, as git holds it. */
  email: string;
  committer: string;
  subject: string;
  /** The first line after the subject that is not blank: the title, in a forge's merge commit. */
  body: string;
}

/** Fields that cannot hold a line end come first; what follows the subject is the body. */
const FORMAT = "%H%n%P%n%ct%n%an%n%ae%n%cn%n%s%n%b";

function parseCommit(text: string): LineCommit {
  const [id = "", parents = "", seconds, author = "", email = "", committer = "", subject = "", ...body] =
    text.replace(/^\n/, "").split("\n");
  return {
    id,
    parents: parents.split(" ").filter(Boolean),
    time: Number(seconds) * 1_000,
    author,
    email,
    committer,
    subject,
    body: body.find((line) => line.trim() !== "")?.trim() ?? "",
  };
}

/**
 * A branch's own line: its tip, the first parent of that, and so on, newest first.
 * @param without a commit: what it holds is left out
 */
export async function readFirstParents(
  repository: Repository,
  tip: string,
  { without, atMost }: { without?: string; atMost: number },
): Promise<LineCommit[]> {
  const asked = ["log", "-z", "--first-parent", "--no-patch", "--encoding=UTF-8", `--format=${FORMAT}`];
  const revisions = without === undefined ? [tip] : [tip, `^${without}`];
  const { stdout } = await repository.git([...asked, `--max-count=${atMost}`, ...revisions]);
  return stdout.toString("utf8").split("\0").filter(Boolean).map(parseCommit);
}
