import { Fault, Refusal } from "../../platform/errors/index.ts";
import {
  type Commit,
  commitTree,
  findDefaultBase,
  openRepository,
  type Repository,
  readRange,
  resolveCommit,
} from "../../platform/git/index.ts";
import { type CommandContext, renderTable } from "../../platform/terminal/index.ts";
import { EXIT, type ExitCode } from "../../vocabulary/exit-code.ts";
import { readConfig } from "../config/index.ts";
import { COVERAGE_RULE, type Coverage, measureCoverage } from "./measure-coverage.ts";
import { readWork } from "./read-work.ts";

/** What is measured: a range, or the last days before a commit. */
export interface CoverageQuery {
  /** Tip of the target branch; the default branch where it is not given. */
  base?: string | undefined;
  head?: string | undefined;
  /** A whole number, as text. */
  days?: string | undefined;
}

export interface CoverageOptions extends CoverageQuery {
  json?: boolean;
}

/** Coverage, and over which commits it was measured. */
export interface MeasuredCoverage extends Coverage {
  /** `1a2b3c4..5d6e7f8`, or `30 days up to 5d6e7f8`. */
  range: string;
  head: string;
  commits: number;
  /** How a file comes to count, in one sentence. */
  rule: string;
}

/** What is measured, in words and as commits, parents before children. */
interface Stretch {
  said: string;
  head: string;
  commits: Commit[];
}

const DAY_SECONDS = 86_400;
const MOST_LISTED = 50;

async function readRangeOf(repository: Repository, options: CoverageQuery, head: string): Promise<Stretch> {
  const base =
    options.base === undefined
      ? await findDefaultBase(repository)
      : await resolveCommit(repository, options.base);
  const { commits, base: fork } = await readRange(repository, base, head);
  return { said: `${fork.slice(0, 7)}..${head.slice(0, 7)}`, head, commits };
}

/** The last days before the head commit, by committer time; the clock is not asked. */
async function readDays(repository: Repository, text: string, head: string): Promise<Stretch> {
  if (!/^[1-9]\d{0,4}$/.test(text))
    throw new Refusal("USAGE", `--days "${text}" is no number of days`, { hint: "--days 30" });
  const format = "--format=%H %ct %P";
  const tip = (await repository.git(["log", "--max-count=1", "--format=%ct", head])).stdout.toString();
  const after = Number(tip) - Number(text) * DAY_SECONDS;
  const log = await repository.git(["log", "--topo-order", "--reverse", `--max-age=${after}`, format, head]);
  const commits = log.stdout
    .toString()
    .split("\n")
    .filter(Boolean)
    .map((row) => {
      const [id = "", seconds, ...parents] = row.trim().split(" ");
      return { id, time: Number(seconds) * 1_000, parents };
    });
  const shallow = await repository.git(["rev-parse", "--is-shallow-repository"]);
  if (shallow.stdout.toString().trim() === "true" && commits.some(({ parents }) => parents.length === 0)) {
    throw new Fault("HISTORY_MISSING", `this shallow clone does not reach back ${text} days`, {
      hint: "git fetch --unshallow origin (in GitHub Actions: fetch-depth: 0)",
    });
  }
  return { said: `${text} days up to ${head.slice(0, 7)}`, head, commits };
}

function share(covered: number, changed: number): string {
  return `${covered} of ${changed} (${Math.floor((covered * 100) / changed)} %)`;
}

function describe(coverage: MeasuredCoverage): string {
  const { range, commits, changed, covered, byFolder, byAgent, byTool, uncovered } = coverage;
  const head = `${range}, ${commits} ${commits === 1 ? "commit" : "commits"}: `;
  if (changed === 0) return `${head}no code file changed\n`;
  const witnesses = (word: string, rows: Coverage["byAgent"]) =>
    rows.length === 0
      ? ""
      : `\n${renderTable(
          [word, "files", "lines"],
          rows.map(({ name, files, lines }) => [name, String(files), String(lines)]),
        )}`;
  const folders = byFolder.map((each) => [each.name, share(each.covered, each.changed)]);
  const listed = uncovered.slice(0, MOST_LISTED).map(({ file, commit }) => [file, commit.slice(0, 7)]);
  const more = uncovered.length - listed.length;
  return [
    `${head}${share(covered, changed)} changed code files have evidence\n${COVERAGE_RULE}\n`,
    `\n${renderTable(["folder", "covered"], folders)}`,
    witnesses("agent", byAgent),
    witnesses("tool", byTool),
    listed.length === 0 ? "" : `\n${renderTable(["without evidence", "first in"], listed)}`,
    more > 0 ? `and ${more} more (--json lists all)\n` : "",
  ].join("");
}

/**
 * Which changed code files of a range, or of the last days, have evidence.
 * @throws Refusal USAGE, REVISION_UNKNOWN, CONFIG_INVALID; Fault HISTORY_MISSING
 */
export async function readCoverage(
  repository: Repository,
  options: CoverageQuery,
): Promise<MeasuredCoverage> {
  if (options.base !== undefined && options.days !== undefined)
    throw new Refusal("USAGE", "--base and --days exclude each other", { hint: "leave one of them out" });
  const head = await resolveCommit(repository, options.head ?? "HEAD");
  const stretch =
    options.days === undefined
      ? await readRangeOf(repository, options, head)
      : await readDays(repository, options.days, head);
  const config = await readConfig(commitTree(repository, head));
  const coverage = measureCoverage(await readWork(repository, stretch.commits, config));
  const { said: range, commits } = stretch;
  return { range, head, commits: commits.length, rule: COVERAGE_RULE, ...coverage };
}

/** `growth-engine evidence coverage`. */
export async function coverChanges(options: CoverageOptions, context: CommandContext): Promise<ExitCode> {
  const coverage = await readCoverage(await openRepository(context.cwd), options);
  context.out(options.json ? `${JSON.stringify(coverage, null, 2)}\n` : describe(coverage));
  return EXIT.ok;
}
