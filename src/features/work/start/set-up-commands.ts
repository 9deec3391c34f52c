import { createHash } from "node:crypto";
import { lstatSync, readFileSync } from "node:fs";
import { resolve, sep } from "node:path";

/** A command that a repository's config names, and the sum under which a user approves it. */
export interface SetUpCommand {
  argv: readonly string[];
  /** SHA-256, hexadecimal. */
  hash: string;
  /** How it is shown, where that is not its words. */
  shown?: string;
}

const MAX_SCRIPT_BYTES = 16 << 20;

/** The sum of a file of the checkout that a word names: a script that changed is another command. */
function sumOfFile(worktree: string, word: string): string | null {
  const path = resolve(worktree, word);
  if (!path.startsWith(worktree + sep)) return null;
  const found = lstatSync(path, { throwIfNoEntry: false });
  if (!found?.isFile() || found.size > MAX_SCRIPT_BYTES) return null;
  return createHash("sha256").update(readFileSync(path)).digest("hex");
}

/**
 * The commands with their sums: over the checkout that they run in (its git directory, so that all of its working
 * trees share an approval), every word, and the content of each file of the checkout that a word names. What such a
 * file reads in turn (`package.json` of `npm ci`) is not in it.
 */
export function setUpCommands(
  commands: readonly (readonly string[])[],
  { worktree, gitDirectory }: { worktree: string; gitDirectory: string },
): SetUpCommand[] {
  return commands.map((argv) => {
    const files = argv.map((word) => sumOfFile(worktree, word));
    const text = JSON.stringify({ checkout: gitDirectory, argv, files });
    return { argv, hash: createHash("sha256").update(text).digest("hex") };
  });
}

const PLAIN = /^[\w@%+=:,./-]+$/;

/** The command as a person would type it. Only to be read: it is never handed to a shell. */
export function describeCommand({ argv, shown }: SetUpCommand): string {
  return (
    shown ?? argv.map((word) => (PLAIN.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`)).join(" ")
  );
}
