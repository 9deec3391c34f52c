/** What a package runner such as `npx` is asked: the packages it installs, and the command it then runs. */
export interface Runner {
  packages: string[];
  /** The command with its arguments, the first of which may also name the package. */
  command: string[];
  /** A shell text to run instead (`npx -c "…"`). */
  call: string | null;
}

/** Options after which a word is their value, for all of these tools together. */
const VALUED = new Set([
  ..."-p --package -c --call --prefix --registry --cache --userconfig --shell --script-shell --loglevel".split(
    " ",
  ),
  ..."-C --dir --cwd -F --filter --workspace --node-options --node-arg --reporter -n".split(" "),
]);
/** Tool → words that make it a runner; without any it is one by itself. */
const SUBCOMMANDS: Readonly<Record<string, readonly string[]>> = {
  npx: [],
  pnpx: [],
  bunx: [],
  npm: ["exec", "x"],
  pnpm: ["dlx", "exec"],
  yarn: ["dlx", "exec"],
  bun: ["x"],
};
/** These run an installed command when no script has the name: `yarn context7-mcp`. */
const FALL_BACK = new Set(["pnpm", "yarn", "bun"]);

/** The last part of a command's path, without a version and without the endings that Windows gives it. */
export function commandName(word: string): string {
  return word
    .slice(Math.max(word.lastIndexOf("/"), word.lastIndexOf("\\")) + 1)
    .toLowerCase()
    .replace(/(?!^)@.*$/, "")
    .replace(/\.(?:exe|cmd|bat|ps1)$/, "");
}

/** Where the first word stands that is neither an option nor the value of one; after `--` any word counts. */
export function operandAt(words: readonly string[], from: number, valued: ReadonlySet<string>): number {
  let at = from;
  while (at < words.length) {
    const word = words[at] ?? "";
    if (word === "--") return at + 1;
    if (!word.startsWith("-") || word === "-") return at;
    at += valued.has(word) ? 2 : 1;
  }
  return words.length;
}

function valuesOf(words: readonly string[], names: readonly string[]): string[] {
  const values: string[] = [];
  for (const [at, word] of words.entries()) {
    const [option = "", ...value] = word.split("=");
    if (!names.includes(option)) continue;
    if (value.length > 0) values.push(value.join("="));
    else if (words[at + 1] !== undefined) values.push(words[at + 1] ?? "");
  }
  return values;
}

/** Reads a command's words as a call of npx, `npm exec`, `pnpm dlx`, `yarn dlx`, bunx and the like; null when it is none. */
export function readRunner(words: readonly string[]): Runner | null {
  const name = commandName(words[0] ?? "");
  const subcommands = Object.hasOwn(SUBCOMMANDS, name) ? SUBCOMMANDS[name] : undefined;
  if (subcommands === undefined) return null;
  let at = operandAt(words, 1, VALUED);
  if (subcommands.includes(words[at] ?? "")) at = operandAt(words, at + 1, VALUED);
  else if (FALL_BACK.has(name)) at = words[at] === "run" ? operandAt(words, at + 1, VALUED) : at;
  else if (subcommands.length > 0) return null;
  const options = words.slice(1, at);
  const [call = null] = valuesOf(options, ["-c", "--call"]);
  return { packages: valuesOf(options, ["-p", "--package"]), command: words.slice(at), call };
}
