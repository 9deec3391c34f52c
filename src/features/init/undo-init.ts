import { resolve } from "node:path";
import type { Repository } from "../../platform/git/index.ts";
import type { CommandContext } from "../../platform/terminal/index.ts";
import { EXIT, type ExitCode } from "../../vocabulary/exit-code.ts";
import { GIT_MANIFEST_FILE, MANIFEST_FILE } from "./manifest.ts";
import { type InitOptions, mayWrite } from "./may-write.ts";
import { planUndo } from "./plan/plan-undo.ts";
import { Reporter } from "./report.ts";
import { look, openSite, type Site } from "./site.ts";
import { clearSite } from "./write-site.ts";

async function sitesOf(repository: Repository): Promise<Site[]> {
  const { stdout } = await repository.git(["rev-parse", "--git-common-dir"]);
  const gitFolder = resolve(repository.folder, stdout.toString().trimEnd());
  const inGit = openSite(gitFolder, GIT_MANIFEST_FILE, repository.worktree === null ? "" : ".git/");
  return repository.worktree === null ? [inGit] : [openSite(repository.worktree, MANIFEST_FILE), inGit];
}

/** `growth-engine init --undo`: takes out what the manifests name, as far as nobody changed it since. */
export async function undoInit(
  repository: Repository,
  options: InitOptions,
  context: CommandContext,
): Promise<ExitCode> {
  const sites = (await sitesOf(repository)).filter(({ manifest }) => manifest.version !== "");
  const reporter = new Reporter(context, options.json === true);
  const planned = sites.map((site) => ({
    site,
    files: [...site.manifest.files].map(([path, entry]) => planUndo(path, look(site.root, path), entry)),
  }));
  const report = {
    around: null,
    plan: { sites: planned, notes: [] },
    done: false,
    verdict: null,
    next: [],
  };
  if (sites.length === 0) {
    reporter.end({ ...report, done: true }, "nothing to take out: init wrote nothing here");
    return EXIT.ok;
  }
  reporter.plan(report.plan, context.version);
  if (options.dryRun) return reporter.end(report, "nothing was written: a dry run");
  if (!(await mayWrite(options, context, "Take this out again?")))
    return reporter.end(report, "nothing was written");
  for (const { site, files } of planned) clearSite(site, files);
  return reporter.end({ ...report, done: true }, "taken out");
}
