import { posix, resolve, sep } from "node:path";
import { Fault, Refusal } from "../../platform/errors/index.ts";
import {
  commitTree,
  indexTree,
  openRepository,
  type Repository,
  resolveCommit,
  type Tree,
  workingTree,
} from "../../platform/git/index.ts";
import type { CommandContext } from "../../platform/terminal/index.ts";
import { rememberTiming } from "../../platform/timings/index.ts";
import { EXIT, type ExitCode } from "../../vocabulary/exit-code.ts";
import { type Finding, type GuardVerdict, gradeFindings, verdictOf } from "../../vocabulary/finding.ts";
import { type Config, readConfig } from "../config/index.ts";
import { bannedPackages } from "./banned-packages.ts";
import type { BanFacts } from "./facts.ts";
import { judgeBan, summariseBan } from "./judge-ban.ts";
import { scanDisk } from "./scan-disk.ts";
import { scanTree } from "./scan-tree.ts";

/** Which tree is scanned, and what beside it. */
export interface ScanRequest {
  /** A revision instead of the working tree. */
  head?: string | undefined;
  /** The index instead of the working tree. */
  staged?: boolean | undefined;
  /** A folder of built output that is searched too, as the caller's folder sees it. */
  bundle?: string | undefined;
  /** Globs, instead of `ban.production` and `ban.entries`. */
  production?: string[] | undefined;
}

/** Options of `ban scan`. */
export interface ScanCommandOptions extends ScanRequest {
  json?: boolean;
  format: string;
}

/** Who scans. */
export interface Scanner {
  cwd: string;
  version: string;
}

/** The commit or index that was asked for; null for the working tree. */
async function chooseTree(repository: Repository, { head, staged }: ScanRequest): Promise<Tree | null> {
  if (head !== undefined && staged) {
    throw new Refusal("USAGE", "--head and --staged exclude each other", { hint: "leave one of them out" });
  }
  if (head !== undefined) return commitTree(repository, await resolveCommit(repository, head));
  if (staged && repository.worktree === null) {
    throw new Fault("NOT_A_REPOSITORY", "this repository is bare: it has no index to scan", {
      hint: "name a commit: --head <revision>",
    });
  }
  return staged ? indexTree(repository) : null;
}

interface BundleAnswer {
  findings: Finding[];
  says: string;
}

async function searchBundle(folder: string | undefined, cwd: string, config: Config): Promise<BundleAnswer> {
  if (folder === undefined) return { findings: [], says: "" };
  const { scanBundle } = await import("./bundle/scan-bundle.ts");
  const { findings, files } = await scanBundle(resolve(cwd, folder), bannedPackages(config.ban.packages));
  const named = findings.map((finding) =>
    finding.file === undefined
      ? finding
      : { ...finding, file: posix.join(folder.split(sep).join("/"), finding.file) },
  );
  return { findings: named, says: `; ${files} ${files === 1 ? "file" : "files"} of built output seen` };
}

/** The scan goes on while the caller does something else. */
async function beginScan(
  repository: Repository,
  options: ScanRequest,
  { version }: Scanner,
): Promise<{ config: Config; scanning: Promise<BanFacts> }> {
  const production = options.production ? { production: options.production } : {};
  const held = await chooseTree(repository, options);
  if (held) {
    const config = await readConfig(held);
    return { config, scanning: scanTree(held, config, production) };
  }
  const tree = workingTree(repository);
  const config = await readConfig(tree);
  return { config, scanning: scanDisk(repository, tree, { config, production, version }) };
}

/** What was found, judged as one guard. */
async function conclude(
  facts: BanFacts,
  config: Config,
  { bundle: folder }: ScanRequest,
  cwd: string,
): Promise<GuardVerdict> {
  const bundle = await searchBundle(folder, cwd, config);
  const found = [...judgeBan(facts), ...bundle.findings];
  const findings = gradeFindings(found, config.rules);
  return {
    guard: "dev-mcp-ban",
    verdict: verdictOf(findings),
    summary: summariseBan(facts, found) + bundle.says,
    findings,
  };
}

/**
 * Scans one tree of a repository for banned packages.
 * @throws Refusal USAGE, REVISION_UNKNOWN, CONFIG_INVALID, INPUT_INVALID; Fault
 */
export async function scanRepository(
  repository: Repository,
  options: ScanRequest,
  scanner: Scanner,
): Promise<GuardVerdict> {
  const { config, scanning } = await beginScan(repository, options, scanner);
  return conclude(await scanning, config, options, scanner.cwd);
}

/** `growth-engine ban scan`: facts of one tree, judged and printed as one guard. */
export async function runScan(options: ScanCommandOptions, context: CommandContext): Promise<ExitCode> {
  const { cwd, version } = context;
  const repository = await openRepository(cwd);
  const { config, scanning } = await beginScan(repository, options, { cwd, version });
  // Loaded while git searches; what the scan throws is thrown below.
  scanning.catch(() => undefined);
  const { parseFormat, renderGuard } = await import("../verdict/index.ts");
  const format = options.json ? "json" : parseFormat(options.format);
  const guard = await conclude(await scanning, config, options, cwd);
  context.out(renderGuard(guard, format, { colour: context.colour, version: context.version }));
  rememberTiming(repository, context, "ban scan");
  return guard.verdict === "fail" ? EXIT.no : EXIT.ok;
}
