import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { BUILD_SCRIPTS, BUILD_TOOLS } from "./build-scripts.ts";
import { type InstalledProject, installedProject } from "./installed-project.ts";
import type { Answer } from "./temporary-repository.ts";

/** A line of `builds.jsonl`. */
interface FailedBuild {
  timestamp: string;
  bundler: string;
  findings: { package: string | null; chain: string[] }[];
}

/** A project that every bundler can build. */
export interface Shop extends InstalledProject {
  /** Runs the build script of a bundler, with these variables of `BUILD_SCRIPTS` set. */
  build(bundler: string, env?: Record<string, string>): Promise<Answer>;
  /** What was kept of the builds that failed. */
  failedBuilds(): FailedBuild[];
  /** Files below `dist`. */
  written(): string[];
}

/** A project of these files with the scripts and packages to build it; its entry is `src/main.js`. */
export function shop(files: Record<string, string>): Shop {
  const scripts = Object.entries(BUILD_SCRIPTS).map(([name, text]) => [`build-${name}.mjs`, text]);
  const project = installedProject({ ...Object.fromEntries(scripts), ...files }, BUILD_TOOLS);
  return {
    ...project,
    build: (bundler, env = {}) =>
      project.runNode([`build-${bundler}.mjs`], { env: { NODE_ENV: undefined, ...env } }),
    failedBuilds() {
      const file = join(project.folder, ".git/growth-engine/builds.jsonl");
      if (!existsSync(file)) return [];
      const lines = readFileSync(file, "utf8").trimEnd().split("\n");
      return lines.map((line) => JSON.parse(line));
    },
    written() {
      const folder = join(project.folder, "dist");
      if (!existsSync(folder)) return [];
      const entries = readdirSync(folder, { recursive: true, withFileTypes: true });
      return entries.filter((entry) => entry.isFile()).map(({ name }) => name);
    },
  };
}
