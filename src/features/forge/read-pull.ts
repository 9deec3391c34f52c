import { readObject, readText } from "./read-object.ts";

/** A pull request as the forge describes it. */
export interface Pull {
  number: number;
  /** Who opened it. */
  author: string;
  text: string;
  /** Full id of its last commit. */
  head: string;
  /** How many commits it has; null where the description does not say. */
  commits: number | null;
  /** Full name of the branch it is for. */
  target: string;
  isMerged: boolean;
}

/** A pull request of GitHub's REST interface; null for what is none. */
export function readPull(value: unknown): Pull | null {
  const pull = readObject(value);
  const author = readText(readObject(pull, "user").login);
  const head = readText(readObject(pull, "head").sha);
  const target = readText(readObject(pull, "base").ref);
  if (typeof pull.number !== "number" || author === null || head === null || target === null) return null;
  return {
    number: pull.number,
    author,
    text: readText(pull.body) ?? "",
    head,
    commits: typeof pull.commits === "number" ? pull.commits : null,
    target: `refs/heads/${target}`,
    isMerged: readText(pull.merged_at) !== null,
  };
}
