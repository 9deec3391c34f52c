import { splitScript } from "./split-script.ts";
import type { Runner } from "./totals.ts";

/** A test runner that a command starts. */
export interface FoundRunner {
  runner: Runner;
  /** Its own arguments, as far as they can be seen. */
  args: string[];
  /** How many `--` stand before arguments that are appended to the command; null where appended ones do not reach it. */
  dashes: number | null;
}

/** The scripts of the package in which the command runs. */
export type Scripts = Readonly<Record<string, unknown>>;

const MOST_SCRIPTS = 4;
const PROGRAMS: Readonly<Record<string, Runner>> = {
  vitest: "vitest",
  jest: "jest",
  playwright: "playwright",
  pytest: "pytest",
  "py.test": "pytest",
};
/** Files that packages start by, when somebody names them to Node. */
const NODE_FILES: readonly [RegExp, Runner][] = [
  [/(^|\/)vitest(\.mjs)?$/, "vitest"],
  [/(^|\/)jest(\.js)?$/, "jest"],
  [/(^|\/)playwright(\/cli\.js)?$|(^|\/)@playwright\/test\/cli\.js$/, "playwright"],
];
/** They run the rest of their words. */
const FRONTS = new Set(["env", "cross-env", "c8", "nyc", "time", "nice", "xvfb-run", "dotenv"]);
const FETCHERS = new Set(["npx", "pnpx", "bunx"]);
const MANAGERS = new Set(["npm", "pnpm", "yarn", "bun"]);
const RUN_VERBS = new Set(["run", "run-script"]);
const EXEC_VERBS = new Set(["exec", "dlx", "x"]);
/** They lead to another package, whose scripts are not looked at. */
const ELSEWHERE = /^(-w|-ws|-C|-r|-F|--workspaces?|--prefix|--filter|--recursive|--dir|--cwd)(=|$)/;
const NODE_VALUES = new Set([
  "-r",
  "--require",
  "--import",
  "--loader",
  "--experimental-loader",
  "-C",
  "--conditions",
]);

const nameOf = (program: string) => (program.split(/[\\/]/).at(-1) ?? "").replace(/\.(cmd|exe)$/i, "");
const isFlag = (word: string) => word.startsWith("-");

const found = (runner: Runner, args: readonly string[]): FoundRunner[] => [
  { runner, args: [...args], dashes: 0 },
];

/** After the flags in front, and one `--`. */
function afterFlags(words: readonly string[]): string[] {
  const at = words.findIndex((word) => !isFlag(word) || word === "--");
  if (at < 0) return [];
  return words.slice(words[at] === "--" ? at + 1 : at);
}

function inNode(words: readonly string[]): FoundRunner[] {
  let at = 0;
  for (; at < words.length && isFlag(words[at] ?? ""); at += 1) {
    if (words[at] === "--test") return found("node-test", words);
    if (NODE_VALUES.has(words[at] ?? "")) at += 1;
  }
  const file = words[at] ?? "";
  const [, runner] = NODE_FILES.find(([pattern]) => pattern.test(file.replaceAll("\\", "/"))) ?? [];
  return runner ? found(runner, words.slice(at + 1)) : [];
}

/** What a script leads to, when `extra` is appended to it. */
function inScript(text: string, extra: readonly string[], scripts: Scripts, depth: number): FoundRunner[] {
  const { commands, isOpen } = splitScript(text);
  return commands.flatMap((words, index) => {
    const isLast = isOpen && index === commands.length - 1;
    const inner = recognise(isLast ? [...words, ...extra] : words, scripts, depth + 1);
    return isLast ? inner : inner.map((each) => ({ ...each, dashes: null }));
  });
}

function inManager(
  manager: string,
  words: readonly string[],
  scripts: Scripts,
  depth: number,
): FoundRunner[] {
  const dash = words.indexOf("--");
  const own = dash < 0 ? words : words.slice(0, dash);
  if (own.some((word) => ELSEWHERE.test(word))) return [];
  const [verb = "", ...rest] = afterFlags(words);
  if (EXEC_VERBS.has(verb)) return recognise(afterFlags(rest), scripts, depth);
  const [name = "", ...given] = RUN_VERBS.has(verb)
    ? afterFlags(rest)
    : [/^(t|tst)$/.test(verb) ? "test" : verb, ...rest];
  const text = Object.hasOwn(scripts, name) ? scripts[name] : undefined;
  if (typeof text !== "string")
    return manager === "npm" ? [] : recognise([verb, ...rest], scripts, depth + 1);
  // npm keeps flags for itself unless they stand after `--`.
  const extra =
    manager === "npm" ? (dash < 0 ? given.filter((word) => !isFlag(word)) : words.slice(dash + 1)) : given;
  const needed = manager === "npm" && dash < 0 ? 1 : 0;
  const inner = inScript(text, extra, scripts, depth);
  return inner.map((each) => ({ ...each, dashes: each.dashes === null ? null : each.dashes + needed }));
}

function recognise(words: readonly string[], scripts: Scripts, depth: number): FoundRunner[] {
  if (depth > MOST_SCRIPTS) return [];
  const at = words.findIndex((word) => !/^[A-Za-z_]\w*=/.test(word));
  const [program = "", ...rest] = at < 0 ? [] : words.slice(at);
  const name = nameOf(program);
  const runner = Object.hasOwn(PROGRAMS, name) ? PROGRAMS[name] : undefined;
  if (runner) return found(runner, rest);
  if (name === "node" || name === "tsx") return inNode(rest);
  if (/^python[\d.]*$/.test(name))
    return rest[0] === "-m" && rest[1] === "pytest" ? found("pytest", rest.slice(2)) : [];
  if (name === "uv" || name === "poetry")
    return rest[0] === "run" ? recognise(afterFlags(rest.slice(1)), scripts, depth + 1) : [];
  if (FRONTS.has(name) || FETCHERS.has(name)) return recognise(afterFlags(rest), scripts, depth + 1);
  return MANAGERS.has(name) ? inManager(name, rest, scripts, depth) : [];
}

/** The test runners that a command starts, through package managers and the scripts of its package. */
export function recogniseRunners(words: readonly string[], scripts: Scripts): FoundRunner[] {
  return recognise(words, scripts, 0);
}
