import { join, resolve } from "node:path";
import { Refusal } from "../../platform/errors/index.ts";
import { openRepository, type Repository } from "../../platform/git/index.ts";
import type { CommandContext } from "../../platform/terminal/index.ts";
import type { ExitCode } from "../../vocabulary/exit-code.ts";
import { detectRepository, type Surroundings } from "./detect/detect-repository.ts";
import { firstVerdict } from "./first-verdict.ts";
import { GIT_MANIFEST_FILE, MANIFEST_FILE } from "./manifest.ts";
import { type InitOptions, mayWrite } from "./may-write.ts";
import { nextCommands } from "./next-commands.ts";
import type { Plan } from "./plan/plan.ts";
import { planBare, RECEIVE_LINE } from "./plan/plan-bare.ts";
import { WorktreePlanner } from "./plan/plan-worktree.ts";
import { findProduct } from "./product.ts";
import { type Report, Reporter } from "./report.ts";
import { openSite } from "./site.ts";
import { undoInit } from "./undo-init.ts";
import { readWishes, type Wishes } from "./wishes.ts";
import { isSiteDue, writeSite } from "./write-site.ts";

class Init {
  readonly #options: InitOptions;
  readonly #context: CommandContext;
  readonly #repository: Repository;
  readonly #reporter: Reporter;

  constructor(options: InitOptions, context: CommandContext, repository: Repository) {
    this.#options = options;
    this.#context = context;
    this.#repository = repository;
    this.#reporter = new Reporter(context, options.json === true);
  }

  get #isAsking(): boolean {
    return (
      !this.#options.yes && !this.#options.json && !this.#options.dryRun && this.#context.interactive === true
    );
  }

  #isDue({ sites }: Plan): boolean {
    return sites.some(({ site, files }) => isSiteDue(site, files, this.#context.version));
  }

  #write({ sites }: Plan): void {
    for (const { site, files } of sites) writeSite(site, files, this.#context.version);
  }

  async #planTree(root: string, around: Surroundings, wishes: Wishes): Promise<Plan> {
    const planner = new WorktreePlanner({
      repository: this.#repository,
      site: openSite(root, MANIFEST_FILE),
      gitSite: openSite(around.gitFolder, GIT_MANIFEST_FILE, ".git/"),
      around,
      wishes,
      product: findProduct(import.meta.dirname),
      version: this.#context.version,
    });
    return planner.plan();
  }

  /** Questions whose answers change the plan. Null when the person left. */
  async #askWishes(wishes: Wishes, around: Surroundings, root: string): Promise<Wishes | null> {
    const isKnown = around.forges.length > 0 || openSite(root, MANIFEST_FILE).manifest.files.size > 0;
    if (!this.#isAsking || wishes.forges !== null || isKnown) return wishes;
    const { askForge } = await import("./ask.ts");
    const forge = await askForge();
    return forge === null ? null : { ...wishes, forges: [forge] };
  }

  async #askReplacing(plan: Plan, wishes: Wishes): Promise<Wishes | null> {
    const own = plan.sites.flatMap(({ files }) =>
      files.filter(({ action, isTool }) => action === "yours" && !isTool),
    );
    if (!this.#isAsking || own.length === 0) return wishes;
    const { askReplace } = await import("./ask.ts");
    const paths = await askReplace(own.map(({ path }) => path));
    return paths === null ? null : { ...wishes, replace: new Set([...wishes.replace, ...paths]) };
  }

  #left(report: Report): ExitCode {
    return this.#reporter.end({ ...report, done: false }, "nothing was written");
  }

  async inTree(root: string, wishes: Wishes): Promise<ExitCode> {
    const { version } = this.#context;
    const around = await detectRepository(this.#repository, root);
    const report: Report = { around, plan: null, done: false, verdict: null, next: [] };
    this.#reporter.found(around, `growth-engine init ${version}`);
    const asked = await this.#askWishes(wishes, around, root);
    if (asked === null) return this.#left(report);
    let plan = await this.#planTree(root, around, asked);
    this.#reporter.plan(plan, version);
    const replacing = await this.#askReplacing(plan, asked);
    if (replacing === null) return this.#left({ ...report, plan });
    if (replacing !== asked && replacing.replace.size > asked.replace.size) {
      plan = await this.#planTree(root, around, replacing);
      this.#reporter.plan(plan, version);
    }
    if (this.#options.dryRun)
      return this.#reporter.end({ ...report, plan }, "nothing was written: a dry run");
    const isDue = this.#isDue(plan);
    if (isDue && !(await this.#mayWrite({ ...report, plan }))) return this.#left({ ...report, plan });
    this.#write(plan);
    const files = plan.sites[0]?.files ?? [];
    const next = nextCommands(files, plan.forges, plan.pinCommand);
    const done = { ...report, plan, done: true, next };
    const says = isDue ? "written" : "nothing to change";
    try {
      const verdict = await firstVerdict(this.#repository, around.hasCommits);
      return this.#reporter.end({ ...done, verdict }, says);
    } catch (error) {
      // What was done is told also when the code could not be judged.
      this.#reporter.end(done, says);
      throw error;
    }
  }

  /** In JSON the plan is shown also when it is refused. */
  async #mayWrite(report: Report): Promise<boolean> {
    if (this.#options.json && !this.#options.yes) this.#reporter.end(report, "");
    return mayWrite(this.#options, this.#context, "Write this?");
  }

  async inBare(wishes: Wishes): Promise<ExitCode> {
    const { version } = this.#context;
    const site = openSite(this.#repository.folder, GIT_MANIFEST_FILE);
    const files = planBare(site, findProduct(import.meta.dirname), wishes);
    const isTaken = files.some(({ action, isTool }) => action === "yours" && !isTool);
    const notes = isTaken
      ? [{ says: "add this to hooks/pre-receive, which is yours", text: RECEIVE_LINE }]
      : [];
    const plan: Plan = { sites: [{ site, files }], notes, forges: [], pinCommand: null };
    const report: Report = { around: null, plan, done: false, verdict: null, next: [] };
    this.#reporter.plan(plan, version);
    if (this.#options.dryRun) return this.#reporter.end(report, "nothing was written: a dry run");
    const isDue = this.#isDue(plan);
    if (isDue && !(await this.#mayWrite(report))) return this.#left(report);
    this.#write(plan);
    return this.#reporter.end({ ...report, done: true }, isDue ? "written" : "nothing to change");
  }
}

/** `growth-engine init`: looks around, shows the plan, asks, writes, and tells the first verdict. */
export async function runInit(options: InitOptions, context: CommandContext): Promise<ExitCode> {
  const wishes = readWishes(options);
  const repository = await openRepository(context.cwd);
  const root = repository.worktree;
  if (options.undo) return undoInit(repository, options, context);
  const init = new Init(options, context, repository);
  if (root === null) return init.inBare(wishes);
  if (wishes.hooks.has("pre-receive")) {
    throw new Refusal(
      "USAGE",
      "a pre-receive hook belongs into the bare repository on the server, not into a checkout",
      {
        hint: `there: node ${join(resolve(root), ".growth-engine/cli.cjs")} init --hook pre-receive`,
      },
    );
  }
  return init.inTree(root, wishes);
}
