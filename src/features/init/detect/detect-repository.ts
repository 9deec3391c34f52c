import { existsSync, readdirSync, readFileSync } from "node:fs";
import { isAbsolute, join, relative, resolve, sep } from "node:path";
import { type Repository, splitZero } from "../../../platform/git/index.ts";
import type { HookPlace } from "../plan/plan-hook.ts";
import { isRegularFile } from "../site.ts";
import { type AgentTrace, findAgents } from "./find-agents.ts";
import { findEntries } from "./find-entries.ts";
import { type ForgeTrace, findForges } from "./find-forges.ts";
import { findProduction, type PackageFolder } from "./find-production.ts";
import { findWorkspaces, readWorkspaces } from "./find-workspaces.ts";
import { findPackageManagers, type PackageManager } from "./lock-files.ts";

/** What is there already, and what it says about how to begin. */
export interface Surroundings {
  /** Names of the files at the top, ignored ones too. */
  topFiles: string[];
  /** Every file, tracked or not, that git does not ignore; from the top, in path order. */
  paths: string[];
  hasCommits: boolean;
  forges: ForgeTrace[];
  managers: PackageManager[];
  /** `package.json` at the top, parsed; null when there is none that can be. */
  manifest: unknown;
  workspaces: string[];
  agents: AgentTrace[];
  production: string[];
  hooks: HookPlace;
  /** The branch that changes are merged into, as far as it can be told. */
  defaultBranch: string;
  /** The git folder that all working trees share. */
  gitFolder: string;
}

const LEFTHOOK = ["lefthook", ".lefthook"].flatMap((name) => [`${name}.yml`, `${name}.yaml`, `${name}.toml`]);
const MAX_MANIFESTS = 2_000;
const MAX_MANIFEST_BYTES = 1 << 20;

async function lines(repository: Repository, words: readonly string[]): Promise<string[]> {
  const { stdout } = await repository.git(words, { accept: [0, 1, 128] });
  return stdout.toString().split(/\r?\n/);
}

/** The parsed text of a manifest; null for none, and for one that is no JSON: that is its author's to mend. */
function readManifest(root: string, path: string): unknown {
  if (!isRegularFile(root, path)) return null;
  const text = readFileSync(join(root, path));
  if (text.length > MAX_MANIFEST_BYTES) return null;
  try {
    return JSON.parse(text.toString("utf8").replace(/^\uFEFF/, ""));
  } catch {
    return null;
  }
}

function readPackages(root: string, manifest: unknown, workspaces: readonly string[]): PackageFolder[] {
  const own = { folder: "", entries: findEntries(manifest) };
  const others = workspaces.slice(0, MAX_MANIFESTS).map((folder) => ({
    folder,
    entries: findEntries(readManifest(root, `${folder}/package.json`)),
  }));
  return [own, ...others];
}

/** The path below a folder with `/`, or null when it lies elsewhere. */
function below(folder: string, path: string): string | null {
  const way = relative(folder, path);
  return way === "" || way.startsWith("..") || isAbsolute(way) ? null : way.split(sep).join("/");
}

async function findHooks(repository: Repository, root: string, gitFolder: string): Promise<HookPlace> {
  const [hooks = ""] = await lines(repository, ["rev-parse", "--git-path", "hooks"]);
  const folder = resolve(root, hooks);
  const inGit = below(gitFolder, folder);
  const inTree = below(root, folder);
  const hook = inGit
    ? ({ root: "git", path: `${inGit}/pre-push` } as const)
    : inTree
      ? ({ root: "worktree", path: `${inTree}/pre-push` } as const)
      : null;
  return {
    lefthook: LEFTHOOK.find((name) => existsSync(join(root, name))) ?? null,
    hasHusky: existsSync(join(root, ".husky")),
    hook,
    shown: inTree === null ? `${folder}/pre-push` : `${inTree}/pre-push`,
  };
}

async function findRemote(repository: Repository): Promise<string | null> {
  const found = await lines(repository, ["config", "--get-regexp", "^remote\\..*\\.url$"]);
  const own = found.find((line) => line.startsWith("remote.origin.url ")) ?? found[0];
  return own?.slice(own.indexOf(" ") + 1).trim() || null;
}

/** What the remote calls its HEAD; else the branch that is checked out when it has a usual name; else `main`. */
async function findDefaultBranch(repository: Repository): Promise<string> {
  const ask = async (ref: string) =>
    (await lines(repository, ["symbolic-ref", "--quiet", "--short", ref]))[0] ?? "";
  const remote = (await ask("refs/remotes/origin/HEAD")).replace(/^origin\//, "");
  if (/^[\w./-]+$/.test(remote)) return remote;
  const current = await ask("HEAD");
  return ["main", "master", "trunk", "develop"].includes(current) ? current : "main";
}

async function listPaths(repository: Repository): Promise<string[]> {
  const words = ["ls-files", "--cached", "--others", "--exclude-standard", "-z"];
  return [...new Set(splitZero((await repository.git(words)).stdout))]
    .filter((path) => !path.endsWith("/"))
    .sort();
}

/** Looks around in a working tree. Nothing of it is run. */
export async function detectRepository(repository: Repository, root: string): Promise<Surroundings> {
  const [paths, remote, [head = ""], [common = ""]] = await Promise.all([
    listPaths(repository),
    findRemote(repository),
    lines(repository, ["rev-parse", "--verify", "--quiet", "HEAD^{commit}"]),
    lines(repository, ["rev-parse", "--git-common-dir"]),
  ]);
  const gitFolder = resolve(root, common);
  const top = readdirSync(root, { withFileTypes: true });
  const topFiles = top.filter((entry) => !entry.isDirectory()).map(({ name }) => name);
  const topFolders = top.filter((entry) => entry.isDirectory()).map(({ name }) => `${name}/.`);
  const manifest = readManifest(root, "package.json");
  const pnpm = "pnpm-workspace.yaml";
  const globs = readWorkspaces(
    manifest,
    isRegularFile(root, pnpm) ? readFileSync(join(root, pnpm), "utf8") : null,
  );
  const workspaces = findWorkspaces(paths, globs);
  return {
    topFiles,
    paths,
    hasCommits: head !== "",
    forges: findForges(paths, remote),
    managers: findPackageManagers(topFiles, manifest),
    manifest,
    workspaces,
    agents: findAgents([...paths, ...topFiles, ...topFolders]),
    production: findProduction(paths, readPackages(root, manifest, workspaces)),
    hooks: await findHooks(repository, root, gitFolder),
    defaultBranch: await findDefaultBranch(repository),
    gitFolder,
  };
}
