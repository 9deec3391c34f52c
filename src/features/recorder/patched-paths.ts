/** Lines of a patch that name a file (developers.openai.com/codex, `apply_patch`). */
const PATCHED = /^\*\*\* (?:Add File|Update File|Delete File|Move to): (.+)$/gm;

/** The files that a patch adds, changes, deletes or moves to, as it writes them and in its order. */
export function patchedPaths(patch: string): string[] {
  return [...patch.matchAll(PATCHED)].map(([, path = ""]) => path.trim());
}
