import { Refusal } from "../../../platform/errors/index.ts";
import type { Repository } from "../../../platform/git/index.ts";
import {
  CONFIG_FILE,
  type Config,
  parseConfig,
  SECTION_NAMES,
  type SectionName,
} from "../../config/index.ts";
import { isAgentFile, planAgents } from "../agents/plan-agents.ts";
import type { Surroundings } from "../detect/detect-repository.ts";
import { hostsAmong } from "../detect/find-agents.ts";
import type { Forge } from "../detect/find-forges.ts";
import { LOCK_FILES } from "../detect/lock-files.ts";
import { MANIFEST_FILE } from "../manifest.ts";
import { type Product, readTemplate, readTool } from "../product.ts";
import { isRegularFile, look, type Site } from "../site.ts";
import { TOOL_FOLDER } from "../tool-folder.ts";
import { forgesOfManifest, PUSH_SCRIPT_FILE, SCRIPT_FILE, type Wishes, WORKFLOW_FILE } from "../wishes.ts";
import { checkNpmPin, installInScript, installInWorkflow, type NpmPin } from "./npm-pin.ts";
import type { Note, Plan } from "./plan.ts";
import { ATTRIBUTES_FILE, planAttributes } from "./plan-attributes.ts";
import { planConfig } from "./plan-config.ts";
import { chooseStage, GITLAB_CI_FILE, GITLAB_JOB_FILE, INCLUDE_HINT, planInclude } from "./plan-gitlab.ts";
import { planHook } from "./plan-hook.ts";
import { IGNORE_FILE, NESTED_IGNORE_FILE, planIgnore } from "./plan-ignore.ts";
import { findLinters, PRETTIER_IGNORE_FILE, planPrettier } from "./plan-linters.ts";
import { completeTemplate, newTemplate, templatesOf } from "./plan-templates.ts";
import type { PlannedFile } from "./planned-file.ts";
import { type Addition, settleAddition, withoutAddition } from "./settle-addition.ts";
import { settleWhole, type WholeFile } from "./settle-whole.ts";
import { isSum } from "./sum-of.ts";

/** Plans one working tree, and the hook in its git folder. Nothing is written. */
export class WorktreePlanner {
  readonly notes: Note[] = [];
  readonly #files: PlannedFile[] = [];
  readonly #gitFiles: PlannedFile[] = [];
  readonly #repository: Repository;
  readonly #site: Site;
  readonly #gitSite: Site;
  readonly #around: Surroundings;
  readonly #wishes: Wishes;
  readonly #product: Product;
  readonly #version: string;

  constructor(given: {
    repository: Repository;
    site: Site;
    gitSite: Site;
    around: Surroundings;
    wishes: Wishes;
    product: Product;
    version: string;
  }) {
    this.#repository = given.repository;
    this.#site = given.site;
    this.#gitSite = given.gitSite;
    this.#around = given.around;
    this.#wishes = given.wishes;
    this.#product = given.product;
    this.#version = given.version;
  }

  #look(path: string): Buffer | null {
    return look(this.#site.root, path);
  }

  #settleWhole(file: WholeFile, site: Site = this.#site): PlannedFile {
    return settleWhole(file, {
      current: look(site.root, file.path),
      entry: site.manifest.files.get(file.path),
      replace: this.#wishes.replace.has(file.path),
    });
  }

  #addition(addition: Addition): void {
    const entry = this.#site.manifest.files.get(addition.path);
    this.#files.push(settleAddition(addition, this.#look(addition.path), entry));
  }

  #whole(file: WholeFile): void {
    this.#files.push(this.#settleWhole(file));
  }

  /** A mistake in a config that is there is named before anything else is done. */
  #readConfig(): Config | null {
    const text = this.#look(CONFIG_FILE);
    return text === null ? null : parseConfig(text.toString("utf8"));
  }

  #planTool(): void {
    const tool = this.#wishes.pin === "vendored" ? readTool(this.#product) : new Map<string, Buffer>();
    for (const [path, text] of tool) {
      const isExecutable = path === `${TOOL_FOLDER}/cli.cjs`;
      this.#whole({ path, says: "the tool", text, isTool: true, isExecutable });
    }
  }

  /** Files of an earlier version, or of another way to pin it, that nobody touched. */
  #planLeftovers(): void {
    const planned = new Set(this.#files.map(({ path }) => path));
    for (const [path, entry] of this.#site.manifest.files) {
      if (!path.startsWith(`${TOOL_FOLDER}/`) || planned.has(path) || !("sha256" in entry)) continue;
      const before = this.#look(path);
      const isOwn = before !== null && isSum(before, entry.sha256);
      const says = isOwn ? "no part of this version" : "no part of this version, and edited: stays";
      const action = before === null ? "fine" : isOwn ? "remove" : "yours";
      this.#files.push({
        path,
        says,
        action,
        before,
        after: null,
        isExecutable: false,
        entry: null,
        isTool: true,
      });
    }
  }

  #npmPin(): NpmPin | null {
    if (this.#wishes.pin !== "npm") return null;
    const { managers, manifest, workspaces } = this.#around;
    const [manager, ...others] = managers;
    if (!manager) {
      throw new Refusal("USAGE", "--pin npm needs a package.json, and there is none", {
        hint: "growth-engine init (the tool is then copied into .growth-engine)",
      });
    }
    if (others.length > 0 && !manager.seen.includes("packageManager")) {
      const names = managers.map(({ name }) => name).join(", ");
      throw new Refusal("USAGE", `several package managers have a lock file here: ${names}`, {
        hint: `say which one is in charge with "packageManager" in package.json`,
      });
    }
    const lockFile = Object.keys(LOCK_FILES).find((name) => manager.seen.includes(name));
    const lock = lockFile === undefined ? null : (this.#look(lockFile)?.toString("utf8") ?? null);
    const given = { manager: manager.name, manifest, lock, hasWorkspaces: workspaces.length > 0 };
    return checkNpmPin(given, this.#version);
  }

  #planTemplates(forges: readonly Forge[], sections: readonly SectionName[]): void {
    for (const forge of forges) {
      const fresh = newTemplate(forge);
      const found = templatesOf(forge, this.#around.paths).filter((path) =>
        isRegularFile(this.#site.root, path),
      );
      const isOwn = (path: string) => "sha256" in (this.#site.manifest.files.get(path) ?? {});
      for (const path of found) {
        if (fresh && isOwn(path)) this.#whole({ ...fresh, path });
        else this.#addition(completeTemplate(path, this.#look(path)?.toString("utf8") ?? "", sections));
      }
      if (found.length === 0 && fresh) this.#whole(fresh);
    }
  }

  #planGithub(pin: NpmPin | null): void {
    const { defaultBranch } = this.#around;
    const given = readTemplate(this.#product, "github-workflow.yml");
    const branches = `branches: [${JSON.stringify(defaultBranch)}]`;
    const text = defaultBranch === "main" ? given : given.replace("branches: [main]", () => branches);
    this.#whole({
      path: WORKFLOW_FILE,
      says: "the checks, from the base",
      text: pin === null ? text : installInWorkflow(text, pin.install),
    });
  }

  #planGitlab(): void {
    const pipeline = this.#look(GITLAB_CI_FILE)?.toString("utf8") ?? null;
    const text = readTemplate(this.#product, "gitlab-job.yml").replace(
      "stage: test",
      () => `stage: ${JSON.stringify(chooseStage(pipeline))}`,
    );
    this.#whole({
      path: GITLAB_JOB_FILE,
      says: "the checks, from the target",
      text,
    });
    const include = planInclude(pipeline);
    if (include !== null) this.#addition(include);
    else {
      const says = `${GITLAB_CI_FILE} has an include that only its author can extend: add this item to it`;
      this.notes.push({ says, text: INCLUDE_HINT });
    }
  }

  #planScript(pin: NpmPin | null): void {
    const text = readTemplate(this.#product, "ci.sh");
    this.#whole({
      path: SCRIPT_FILE,
      says: "judges a range in any CI",
      text: pin === null ? text : installInScript(text, pin.install),
      isExecutable: true,
    });
  }

  #planHook(): void {
    const isKnown = this.#site.manifest.files.has(PUSH_SCRIPT_FILE);
    if (!this.#wishes.hooks.has("pre-push") && !isKnown) return;
    const script = readTemplate(this.#product, "pre-push.sh");
    const says = "what the pre-push hook runs";
    this.#whole({ path: PUSH_SCRIPT_FILE, says, text: script, isExecutable: true });
    const sites = { worktree: this.#site, git: this.#gitSite };
    const plan = planHook(this.#around.hooks, (root, path) => {
      const { manifest, root: folder } = sites[root];
      return !manifest.files.has(path) && look(folder, path) !== null;
    });
    if ("tell" in plan) {
      this.notes.push({ says: `add this to ${plan.where}, which is yours`, text: plan.tell });
      return;
    }
    const { root, path } = plan.write;
    const text = readTemplate(this.#product, "pre-push");
    const file = { path, says: "judges before a push", text, isExecutable: true };
    const planned = this.#settleWhole(file, sites[root]);
    (root === "git" ? this.#gitFiles : this.#files).push(planned);
  }

  #planAgents(): void {
    const { agents } = this.#wishes;
    const { files, notes } = planAgents({
      manifest: this.#site.manifest,
      pin: this.#wishes.pin,
      wanted: agents === "detect" ? hostsAmong(this.#around.agents) : agents,
      plugin: readTemplate(this.#product, "opencode-plugin"),
      look: (path) => this.#look(path),
      replace: this.#wishes.replace,
    });
    this.#files.push(...files);
    this.notes.push(...notes);
  }

  #planLinters(): void {
    if (this.#wishes.pin === "npm") return;
    const { topFiles, manifest } = this.#around;
    const ignored = this.#look(PRETTIER_IGNORE_FILE)?.toString("utf8") ?? null;
    const entry = this.#site.manifest.files.get(PRETTIER_IGNORE_FILE);
    const prettier = planPrettier(
      topFiles,
      manifest,
      ignored === null ? null : withoutAddition(ignored, entry),
    );
    if (prettier !== null) this.#addition(prettier);
    for (const { name, config, line } of findLinters(topFiles)) {
      if (this.#look(config)?.includes(TOOL_FOLDER)) continue;
      this.notes.push({ says: `${name} would look into ${TOOL_FOLDER}/: add this to ${config}`, text: line });
    }
  }

  async #planGitFiles(): Promise<void> {
    const { files } = this.#site.manifest;
    const attributes = this.#look(ATTRIBUTES_FILE);
    const entry = files.get(ATTRIBUTES_FILE);
    this.#files.push(await planAttributes(this.#repository, attributes, entry));
    // Whether settings of agents are kept in git is for their owner to say.
    const kept = this.#files.filter(({ after, path }) => after !== null && !isAgentFile(path));
    const own = [...kept.map(({ path }) => path), MANIFEST_FILE];
    const paths = [IGNORE_FILE, NESTED_IGNORE_FILE];
    const current = new Map(paths.map((path) => [path, this.#look(path)] as const));
    const ignore = await planIgnore(this.#repository, { current, entries: files }, own);
    this.#files.push(...ignore.planned);
    for (const rule of ignore.stillIgnored)
      this.notes.push({ says: `git still ignores records by a rule that init cannot answer: ${rule}` });
  }

  #noteOwnConfig(config: Config | null): void {
    const file = this.#files.find(({ path }) => path === CONFIG_FILE);
    if (config === null || file?.action !== "yours" || this.#around.production.length === 0) return;
    const asked = JSON.stringify(config.ban.production);
    const found = JSON.stringify(this.#around.production);
    if (asked !== found) this.notes.push({ says: "your config counts this as production", text: asked });
  }

  /** Replacing is only for files of this plan. */
  #checkReplace(): void {
    const known = [...this.#files, ...this.#gitFiles].map(({ path }) => path);
    const unknown = [...this.#wishes.replace].find((path) => !known.includes(path));
    if (unknown === undefined) return;
    throw new Refusal("USAGE", `--replace ${unknown}: init does not write this file`, {
      hint: "growth-engine init --dry-run shows the files that it writes",
    });
  }

  async plan(): Promise<Plan> {
    const config = this.#readConfig();
    const pin = this.#npmPin();
    const found = this.#around.forges.map(({ forge }) => forge);
    const known = [...new Set([...found, ...forgesOfManifest(this.#site.manifest)])];
    const forges = this.#wishes.forges ?? (known.length > 0 ? known : (["other"] as const));
    this.#planTool();
    this.#whole(planConfig(this.#wishes.pin, this.#around.production));
    this.#planTemplates(forges, config?.pullRequest.sections ?? SECTION_NAMES);
    if (forges.includes("github")) this.#planGithub(pin);
    if (forges.includes("gitlab")) this.#planGitlab();
    if (forges.includes("gitlab") || forges.includes("other")) this.#planScript(pin);
    this.#planHook();
    this.#planAgents();
    this.#planLinters();
    this.#planLeftovers();
    await this.#planGitFiles();
    this.#noteOwnConfig(config);
    this.#checkReplace();
    const sites = [
      { site: this.#site, files: this.#files },
      { site: this.#gitSite, files: this.#gitFiles },
    ];
    return { sites, notes: this.notes, forges: [...forges], pinCommand: pin?.add ?? null };
  }
}
