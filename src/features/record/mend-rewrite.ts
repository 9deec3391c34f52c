/** A word of a command, so that a hostile name in a hint is a name and no command. */
export function shellWord(word: string): string {
  return /^[\w@%+:,./][\w@%+:,./-]*$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`;
}

/** What a finding says of the commit that did not only append. */
interface Rewriting {
  commit: string;
  file: string;
  /** The whole file is gone, as after the revert of a change that brought it. */
  isDeleted?: boolean;
}

/** How a commit gives back the earlier lines of a file, and keeps everything else that it did. */
export function mendRewrite({ commit, file, isDeleted }: Rewriting): string {
  const short = commit.slice(0, 7);
  const restore = `git checkout ${short}^ -- ${shellWord(file)}`;
  if (isDeleted) {
    // A later commit that gives the file back would leave the deletion in the range, where it still counts.
    const again = `git rebase -i ${short}^, mark ${short} as edit, the same two, git rebase --continue`;
    return `a revert may take back code, its records stay. Where ${short} is the last commit: ${restore}, git commit --amend --no-edit; else ${again}`;
  }
  return `git rebase -i ${short}^, mark ${short} as edit, ${restore}, git commit --amend, git rebase --continue; new lines of that commit are then appended again`;
}
