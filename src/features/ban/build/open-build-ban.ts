import { systemClock, utcTimestamp } from "../../../platform/clock/index.ts";
import { type GuardVerdict, gradeFindings, verdictOf } from "../../../vocabulary/finding.ts";
import { findConfig } from "../../config/index.ts";
import { renderGuard } from "../../verdict/index.ts";
import { needlesOf, searchBuilt } from "../bundle/search-built.ts";
import { type ModuleBan, moduleBan } from "../module-ban.ts";
import type { BuildGraph } from "./build-graph.ts";
import { gatherBuild } from "./gather-build.ts";
import { judgeBuild } from "./judge-build.ts";
import { recordFailedBuild } from "./record-failed-build.ts";

/** A file that a build writes, by its path in the output. */
export interface BuildOutput {
  path: string;
  text: string;
}

/** One finished build, as a bundler tells it. */
export interface Build {
  /** `vite`, `webpack`, … */
  bundler: string;
  graph: BuildGraph;
  /** Code and source maps; asked for only when the graph shows nothing. */
  outputs(): AsyncIterable<BuildOutput> | Iterable<BuildOutput>;
  /** At most a warning, as in development. */
  warnOnly: boolean;
}

/** What is said about a build. Nothing was found when `text` is null. */
export interface BuildAnswer {
  verdict: "pass" | "fail";
  text: string | null;
}

/** The ban over the builds of one root. */
export interface BuildBan extends Pick<ModuleBan, "ofSpecifier"> {
  /** Judges a build; one that fails is recorded. */
  judge(build: Build): Promise<BuildAnswer>;
}

declare const GROWTH_ENGINE_VERSION: string;

/** A minifier drops the names of modules, so this sees less than the graph: what came in behind the bundler's back. */
async function searchOutputs(outputs: ReturnType<Build["outputs"]>, { banned }: ModuleBan) {
  const needles = needlesOf(banned);
  const findings = [];
  for await (const { path, text } of outputs) {
    if (needles.some((needle) => text.includes(needle)) || text.includes("sourceMappingURL=data:"))
      findings.push(...(await searchBuilt(text, { path, banned })));
  }
  return findings;
}

function summaryOf(count: number): string {
  return `${count} banned ${count === 1 ? "import" : "imports"} ended up in the build`;
}

/**
 * Opens the ban with the list and the levels of the config above `root`.
 * @throws Refusal CONFIG_INVALID
 */
export function openBuildBan(root: string): BuildBan {
  const config = findConfig(root);
  const ban = moduleBan(config.ban.packages);
  return {
    ofSpecifier: ban.ofSpecifier,
    async judge({ bundler, graph, outputs, warnOnly }) {
      const inGraph = judgeBuild(await gatherBuild({ graph, root, ban }));
      const found = inGraph.length > 0 ? inGraph : await searchOutputs(outputs(), ban);
      const capped = found.map((finding) => (warnOnly ? { ...finding, ceiling: "warn" as const } : finding));
      const findings = gradeFindings(capped, config.rules);
      if (findings.length === 0) return { verdict: "pass", text: null };
      const verdict = verdictOf(findings);
      const guard: GuardVerdict = {
        guard: "dev-mcp-ban",
        verdict,
        summary: summaryOf(findings.length),
        findings,
      };
      const timestamp = utcTimestamp(systemClock.now());
      if (verdict === "fail") recordFailedBuild(root, { timestamp, bundler, findings });
      return { verdict, text: renderGuard(guard, "text", { colour: false, version: GROWTH_ENGINE_VERSION }) };
    },
  };
}
