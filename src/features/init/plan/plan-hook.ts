import { TOOL_FOLDER } from "../tool-folder.ts";

/** How hooks are run in a repository, as far as it matters to whoever adds one. */
export interface HookPlace {
  /** `lefthook.yml` or its like, when it is there. */
  lefthook: string | null;
  /** A `.husky` folder is there. */
  hasHusky: boolean;
  /** Path of the pre-push hook from the top when it lies in the working tree, from the git folder when it lies there. */
  hook: { root: "worktree" | "git"; path: string } | null;
  /** The place as git names it, for messages. */
  shown: string;
}

/** What to do about the pre-push hook: write a file there, or tell the line that its owner adds. */
export type HookPlan =
  | { write: { root: "worktree" | "git"; path: string } }
  | { tell: string; where: string };

const SCRIPT = `${TOOL_FOLDER}/pre-push.sh`;
export const HOOK_LINE = `[ ! -f ${SCRIPT} ] || sh ${SCRIPT} || exit $?`;
const LEFTHOOK = `pre-push:
  commands:
    growth-engine:
      run: sh ${SCRIPT}
      use_stdin: true`;

/**
 * Where the pre-push hook goes. A hook runner's file, a hook that is there and a folder outside of the repository
 * belong to others: they get the line to add.
 * @param isTaken whether something that init did not write lies at a path
 */
export function planHook(
  place: HookPlace,
  isTaken: (root: "worktree" | "git", path: string) => boolean,
): HookPlan {
  if (place.lefthook !== null) return { tell: LEFTHOOK, where: place.lefthook };
  const wanted = place.hasHusky ? ({ root: "worktree", path: ".husky/pre-push" } as const) : place.hook;
  if (wanted === null || isTaken(wanted.root, wanted.path))
    return { tell: HOOK_LINE, where: wanted?.root === "worktree" ? wanted.path : place.shown };
  return { write: wanted };
}
