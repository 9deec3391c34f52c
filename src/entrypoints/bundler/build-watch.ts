import { type BuildBan, type BuildGraph, type BuildOutput, openBuildBan } from "../../features/ban/index.ts";
import { isFault, isRefusal } from "../../platform/errors/index.ts";
import type { GrowthEngineOptions } from "./bundler.d.cts";

/** The name under which bundlers report the plugin. */
export const PLUGIN = "growth-engine";

/** A build to be judged, and how its bundler is told. */
export interface Watched {
  bundler: string;
  isDevelopment: boolean;
  graph: BuildGraph;
  outputs(): AsyncIterable<BuildOutput> | Iterable<BuildOutput>;
  fail(text: string): void;
  warn(text: string): void;
}

/** Bundlers print the message of an error and nothing else of it. */
function withHint(error: unknown): unknown {
  if (!(isRefusal(error) || isFault(error))) return error;
  return new Error(`${error.message} [${error.code}]${error.hint ? `\nmend: ${error.hint}` : ""}`, {
    cause: error,
  });
}

/** Reads the config above a root. @throws Error with the sentence and what mends it */
export function openBan(root: string): BuildBan {
  try {
    return openBuildBan(root);
  } catch (error) {
    throw withHint(error);
  }
}

/** Judges one build and says so, as loud as the build and the option have it. */
export async function watchBuild(
  ban: BuildBan,
  { development }: Required<GrowthEngineOptions>,
  { isDevelopment, fail, warn, ...build }: Watched,
): Promise<void> {
  if (isDevelopment && development === "off") return;
  const warnOnly = isDevelopment && development === "warn";
  const { verdict, text } = await ban.judge({ ...build, warnOnly });
  if (text === null) return;
  if (verdict === "fail") fail(text);
  else warn(text);
}
