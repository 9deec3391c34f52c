/** A word of a command, so that a hostile name in a hint is a name and no command. */
export function shellWord(word: string): string {
  return /^[\w@%+:,./][\w@%+:,./-]*$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`;
}

/** How a commit gives back the earlier lines of a file, and keeps everything else that it did. */
export function mendRewrite(commit: string, file: string): string {
  const short = commit.slice(0, 7);
  return `git rebase -i ${short}^, mark ${short} as edit, git checkout ${short}^ -- ${shellWord(file)}, git commit --amend, git rebase --continue; new lines of that commit are then appended again`;
}
