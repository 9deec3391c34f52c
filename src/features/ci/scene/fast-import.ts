/** A commit to be made from another by adding or replacing whole files. */
export interface NewCommit {
  /** Full ref that points to it afterwards. */
  ref: string;
  /** The commit it stands on; a second one makes it a merge. */
  parents: readonly [string, ...string[]];
  /** Tree to begin with, instead of the first parent's. */
  tree?: string;
  files: Readonly<Record<string, Buffer | string>>;
  message: string;
  /** Committer time in milliseconds since 1970. */
  time: number;
}

const WHO = "Growth Engine <simulation@example.com>";

function data(content: Buffer | string): Buffer {
  const bytes = Buffer.from(content);
  return Buffer.concat([Buffer.from(`data ${bytes.length}\n`), bytes, Buffer.from("\n")]);
}

/** A path as fast-import reads it: quoted, since it may hold anything. */
function quoted(path: string): string {
  return `"${path.replace(/["\\]/g, "\\$&").replaceAll("\n", "\\n")}"`;
}

function commitText({ ref, parents, tree, files, message, time }: NewCommit, mark: number): Buffer {
  const when = `${Math.floor(time / 1_000)} +0000`;
  const [from, ...merged] = parents;
  const parts = [
    Buffer.from(`commit ${ref}\nmark :${mark}\nauthor ${WHO} ${when}\ncommitter ${WHO} ${when}\n`),
    data(message),
    Buffer.from(`from ${from}\n${merged.map((parent) => `merge ${parent}\n`).join("")}`),
  ];
  if (tree !== undefined) parts.push(Buffer.from(`M 040000 ${tree} ""\n`));
  for (const [path, content] of Object.entries(files)) {
    parts.push(Buffer.from(`M 100644 inline ${quoted(path)}\n`), data(content));
  }
  return Buffer.concat([...parts, Buffer.from("\n")]);
}

/**
 * Input of `git fast-import` (git-scm.com/docs/git-fast-import) that makes these commits in order. A parent is a full
 * commit id, or `:1` for the first commit of this list, and so on.
 */
export function fastImport(commits: readonly NewCommit[]): Buffer {
  return Buffer.concat(commits.map((commit, index) => commitText(commit, index + 1)));
}
