import { Refusal } from "../../platform/errors/index.ts";
import { openRepository, type Repository, resolveCommit } from "../../platform/git/index.ts";
import { matchPaths, type PathMatcher } from "../../platform/globs/index.ts";
import { type CommandContext, printable } from "../../platform/terminal/index.ts";
import { EXIT, type ExitCode } from "../../vocabulary/exit-code.ts";
import { renderVerdict } from "../verdict/index.ts";
import { judgeRange } from "./judge-range.ts";
import { scanFirst } from "./scan-first.ts";

/** Options of `guard receive`. */
export interface ReceiveOptions {
  branch?: string[];
}

/** One line that git writes to a pre-receive hook (githooks(5)). */
interface RefUpdate {
  before: string;
  after: string;
  ref: string;
}

const MAX_INPUT = 16 << 20;
const ZERO = /^0+$/;
const UPDATE = /^([0-9a-f]{40,64}) ([0-9a-f]{40,64}) (\S.*)$/;

function parseUpdates(text: string): RefUpdate[] {
  return text
    .split("\n")
    .filter((line) => line !== "")
    .map((line) => {
      const [, before, after, ref] = UPDATE.exec(line) ?? [];
      if (before !== undefined && after !== undefined && ref !== undefined) return { before, after, ref };
      throw new Refusal("INPUT_INVALID", `standard input is no ref update: "${line.slice(0, 80)}"`, {
        hint: "call it from hooks/pre-receive: git writes `<old> <new> <ref>` lines",
      });
    });
}

async function guardedBranches(
  repository: Repository,
  globs: readonly string[] | undefined,
): Promise<PathMatcher> {
  if (globs !== undefined && globs.length > 0) return matchPaths(globs);
  const { stdout } = await repository.git(["symbolic-ref", "--quiet", "--short", "HEAD"], { accept: [0, 1] });
  const name = stdout.toString().trim();
  return (branch) => branch === name;
}

async function isAncestor(repository: Repository, before: string, after: string): Promise<boolean> {
  return (
    (await repository.git(["merge-base", "--is-ancestor", before, after], { accept: [0, 1] })).status === 0
  );
}

async function judgeUpdate(
  repository: Repository,
  update: RefUpdate,
  context: CommandContext,
): Promise<ExitCode> {
  const name = printable(update.ref);
  const refuse = (reason: string, mend: string): ExitCode => {
    context.out(`growth-engine: ${name}: refused: ${reason}\n  mend: ${mend}\n`);
    return EXIT.no;
  };
  if (ZERO.test(update.after))
    return refuse("a guarded branch may not be deleted", "delete it on the server itself");
  const head = await resolveCommit(repository, update.after);
  if (!ZERO.test(update.before) && !(await isAncestor(repository, update.before, head))) {
    return refuse(
      "the push would drop commits that stand there (no fast-forward)",
      "git pull --rebase, then push again",
    );
  }
  const first = ZERO.test(update.before);
  const subject = { base: update.before, head, text: null, actor: null, mergeGroup: false, approvals: [] };
  const report = first
    ? await scanFirst(repository, head)
    : (await judgeRange(repository, subject, "all")).report;
  const said = first
    ? "first push: the whole tree is judged by the ban, there is no range yet"
    : `${update.before.slice(0, 7)}..${head.slice(0, 7)}`;
  context.out(
    `growth-engine: ${name}: ${said}\n${renderVerdict(report, "text", { colour: false, version: context.version })}`,
  );
  return report.verdict === "pass" ? EXIT.ok : report.verdict === "fail" ? EXIT.no : EXIT.fault;
}

/**
 * `growth-engine guard receive`: a pre-receive hook. Updates of guarded branches are judged from their old tip to
 * their new one, by the rules of the old tip; other refs pass. The worst answer is the exit code, and anything but
 * 0 makes git refuse the whole push.
 */
export async function receive(options: ReceiveOptions, context: CommandContext): Promise<ExitCode> {
  const updates = parseUpdates((await context.readInput(MAX_INPUT)).toString("utf8"));
  const repository = await openRepository(context.cwd);
  const isGuarded = await guardedBranches(repository, options.branch);
  let worst: ExitCode = EXIT.ok;
  for (const update of updates) {
    if (!update.ref.startsWith("refs/heads/") || !isGuarded(update.ref.slice("refs/heads/".length))) continue;
    const answer = await judgeUpdate(repository, update, context);
    if (answer > worst) worst = answer;
  }
  return worst;
}
