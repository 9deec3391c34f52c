import { appendFileSync, mkdirSync, realpathSync } from "node:fs";
import { join } from "node:path";
import { systemCode } from "../../../platform/errors/index.ts";
import { commonGitDirectory, findWorktree } from "../../../platform/git/index.ts";
import type { LevelledFinding } from "../../../vocabulary/finding.ts";

/** One line of `builds.jsonl`: a build that the ban failed. */
export interface FailedBuild {
  /** RFC 3339, UTC. */
  timestamp: string;
  /** `vite`, `webpack`, … */
  bundler: string;
  findings: { rule: string; package: string | null; chain: string[]; message: string }[];
}

/** Over this many, the first say enough. */
const MAX_FINDINGS = 50;

/** A chain ends with the bare name of the package. */
function lineOf(timestamp: string, bundler: string, findings: readonly LevelledFinding[]): FailedBuild {
  const kept = findings.filter(({ level }) => level === "block").slice(0, MAX_FINDINGS);
  return {
    timestamp,
    bundler,
    findings: kept.map(({ rule, chain = [], message }) => ({
      rule,
      package: chain.at(-1) ?? null,
      chain,
      message,
    })),
  };
}

/**
 * Appends a failed build to `growth-engine/builds.jsonl` in the git directory that all working trees share, so that
 * failed builds can be counted later. Outside of a checkout, or where the disk refuses, nothing is kept: the build
 * has failed already, and for its own reason.
 */
export function recordFailedBuild(
  root: string,
  {
    timestamp,
    bundler,
    findings,
  }: { timestamp: string; bundler: string; findings: readonly LevelledFinding[] },
): void {
  try {
    const worktree = findWorktree(realpathSync(root));
    const directory = worktree === null ? null : commonGitDirectory(worktree);
    if (directory === null) return;
    const folder = join(directory, "growth-engine");
    mkdirSync(folder, { recursive: true });
    const line = `${JSON.stringify(lineOf(timestamp, bundler, findings))}\n`;
    appendFileSync(join(folder, "builds.jsonl"), line, { mode: 0o600 });
  } catch (error) {
    if (systemCode(error) === undefined) throw error;
  }
}
