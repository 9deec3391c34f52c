import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { systemCode } from "../../../platform/errors/index.ts";
import { installedVersion, packageScripts } from "./package-scripts.ts";
import { type JUnitFile, lookBefore, type TotalsPlaces } from "./read-totals.ts";
import { type FoundRunner, recogniseRunners } from "./recognise-runner.ts";
import type { Runner } from "./totals.ts";

/** A command that leaves its totals behind, and where. */
export interface Asked extends TotalsPlaces {
  words: string[];
  /** Added to the environment of the command. */
  env: Record<string, string>;
  /** Why no runner was asked, or null. */
  said: string | null;
}

/** Where the command runs. */
export interface Ground {
  cwd: string;
  env: NodeJS.ProcessEnv;
  /** A folder outside the checkout for what reporters leave behind. */
  folder: string;
}

/** What is given to one runner. */
interface Question {
  args?: string[];
  env?: Record<string, string>;
  junit?: JUnitFile[];
}

const TOTALS = join(import.meta.dirname, "runner-totals.mjs");
const NODE_TOTALS = join(import.meta.dirname, "node-totals.mjs");
const NODE_USUAL = join(import.meta.dirname, "node-usual.mjs");
const MAX_CONFIG = 1 << 20;

const isAbout = (args: readonly string[], flag: RegExp) => args.some((word) => flag.test(word));

/** Whether a config file of a runner in the folder speaks of something that our arguments would replace. */
function configSays(folder: string, file: RegExp, word: RegExp): boolean {
  try {
    const names = readdirSync(folder).filter((name) => file.test(name));
    return names.some((name) => word.test(readFileSync(join(folder, name), "utf8").slice(0, MAX_CONFIG)));
  } catch (error) {
    if (systemCode(error) === undefined) throw error;
    return false;
  }
}

/** Under an agent Vitest prints less since 4.1, by these signs (std-env 4). */
const AGENT_SIGNS =
  "AI_AGENT CLAUDECODE CLAUDE_CODE REPL_ID GEMINI_CLI CODEX_SANDBOX CODEX_THREAD_ID OPENCODE AUGMENT_AGENT GOOSE_PROVIDER JUNIE_DATA JUNIE_SHIM_PATH COPILOT_AGENT COPILOT_CLI CURSOR_AGENT".split(
    " ",
  );

/** What Vitest reports with when nobody says (its config/resolveConfig): ours beside it changes nothing. */
function vitestUsual({ cwd, env }: Ground): string[] {
  const [major, minor] = installedVersion(cwd, "vitest") ?? [0, 0];
  const knowsAgents = major > 4 || (major === 4 && minor >= 1);
  const usual = knowsAgents && AGENT_SIGNS.some((name) => env[name]) ? "agent" : "default";
  return env.GITHUB_ACTIONS === "true" ? [usual, "github-actions"] : [usual];
}

function askVitest({ args }: FoundRunner, ground: Ground): Question | string {
  const verb = args.find((word) => !word.startsWith("-"));
  if (verb === "bench" || verb === "list" || verb === "init") return `vitest ${verb} runs no tests`;
  const named = isAbout(args, /^--reporters?(=|$)/);
  if (!named && configSays(ground.cwd, /^vite(st)?\.config\./, /\breporters\b/))
    return "Vitest's config names reporters, which another one would replace";
  const usual = named ? [] : vitestUsual(ground);
  return { args: [...usual, TOTALS].map((reporter) => `--reporter=${reporter}`) };
}

function askJest({ args }: FoundRunner, { cwd }: Ground): Question | string {
  const word = /testResultsProcessor/;
  if (isAbout(args, word) || configSays(cwd, /^(jest\.config\..*|package\.json)$/, word))
    return "Jest has a results processor already, which another one would replace";
  return { args: [`--testResultsProcessor=${TOTALS}`] };
}

/** Node puts the options of NODE_OPTIONS before those of the command line, and wants a destination for each. */
function askNode({ args }: FoundRunner, { env, folder }: Ground): Question | string {
  const before = env.NODE_OPTIONS ?? "";
  if (isAbout(args, /^--test-reporter/) || before.includes("--test-reporter"))
    return "the command names reporters of node:test, and Node wants all of them named together";
  const options = [
    `--test-reporter=${pathToFileURL(NODE_USUAL)}`,
    "--test-reporter-destination=stdout",
    `--test-reporter=${pathToFileURL(NODE_TOTALS)}`,
    `--test-reporter-destination="${join(folder, "node-test.out")}"`,
  ];
  return { env: { NODE_OPTIONS: [before, ...options].filter(Boolean).join(" ") } };
}

/** Playwright adds this reporter to those of its config (packages/playwright/src/runner/reporters.ts). */
function askPlaywright({ args }: FoundRunner, { env }: Ground): Question | string {
  if (args[0] !== "test" || args.includes("--list")) return `playwright ${args[0] ?? ""} runs no tests`;
  if (env.PW_TEST_REPORTER) return "PW_TEST_REPORTER names a reporter already";
  return { env: { PW_TEST_REPORTER: TOTALS } };
}

function askPytest({ args }: FoundRunner, { env, folder }: Ground): Question | string {
  const before = env.PYTEST_ADDOPTS ?? "";
  const named = /--junit-?xml/;
  if (isAbout(args, named) || named.test(before))
    return "pytest writes a JUnit file of its own: name it with --junit <file>";
  const path = join(folder, "pytest.xml");
  return {
    env: { PYTEST_ADDOPTS: `${before} --junitxml="${path}"`.trim() },
    junit: [{ path, source: "pytest", before: null }],
  };
}

const ASK: Record<Runner, (found: FoundRunner, ground: Ground) => Question | string> = {
  vitest: askVitest,
  jest: askJest,
  "node-test": askNode,
  playwright: askPlaywright,
  pytest: askPytest,
};

/** Of several runners in one script, those that take arguments must come last. */
function questionsOf(found: readonly FoundRunner[], ground: Ground): Question[] | string {
  const questions: Question[] = [];
  for (const each of found) {
    const question = ASK[each.runner](each, ground);
    if (typeof question === "string") return question;
    if (question.args && each.dashes === null)
      return `arguments that are appended to the command do not reach ${each.runner}`;
    questions.push(question);
  }
  return questions;
}

/**
 * Adds to a command what makes its test runner leave totals behind, without changing what it prints: an environment
 * variable where the runner knows one, else arguments at its end.
 */
function askFor(words: readonly string[], ground: Ground): Asked {
  const nothing = { words: [...words], env: {}, folder: ground.folder, junit: [] };
  const found = recogniseRunners(words, packageScripts(ground.cwd));
  if (found.length === 0)
    return { ...nothing, said: "no test runner that can be asked was seen in the command" };
  if (!existsSync(TOTALS)) return { ...nothing, said: `${TOTALS} is missing` };
  const questions = questionsOf(found, ground);
  if (typeof questions === "string") return { ...nothing, said: questions };
  const args = questions.flatMap((question) => question.args ?? []);
  const dashes = args.length === 0 ? 0 : (found.at(-1)?.dashes ?? 0);
  return {
    words: [...words, ...Array.from({ length: dashes }, () => "--"), ...args],
    env: Object.assign({ GROWTH_ENGINE_TOTALS: ground.folder }, ...questions.map(({ env }) => env)),
    folder: ground.folder,
    junit: questions.flatMap((question) => question.junit ?? []),
    said: null,
  };
}

/** With JUnit files that the caller names, the runner is not asked: it writes them by itself. */
export function askRunner(words: readonly string[], ground: Ground, junit: readonly string[]): Asked {
  if (junit.length === 0) return askFor(words, ground);
  const files = junit.map((path) => ({ path, source: "junit" as const, before: lookBefore(path) }));
  return { words: [...words], env: {}, folder: ground.folder, junit: files, said: null };
}
