import { appendFileSync, mkdirSync, readFileSync, renameSync, statSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { utcTimestamp } from "../clock/index.ts";
import { systemCode } from "../errors/index.ts";
import type { Repository } from "../git/index.ts";
import type { CommandContext } from "../terminal/index.ts";
import { timingsFile } from "./timings-file.ts";

/** Over this size the older half of the file goes: some 5,000 runs. */
const MAX_BYTES = 512 * 1024;

/** A CI job's checkout is gone when the job is: there it must be asked for. */
function isWanted({ GROWTH_ENGINE_RUNS: asked, CI }: NodeJS.ProcessEnv): boolean {
  return asked === "on" || (asked !== "off" && !CI);
}

function dropOlderHalf(file: string): void {
  const text = readFileSync(file, "utf8");
  const from = text.indexOf("\n", text.length / 2) + 1;
  const temporary = `${file}.${process.pid}`;
  writeFileSync(temporary, text.slice(from), { mode: 0o600 });
  renameSync(temporary, file);
}

/**
 * Notes how long a command took, from the start of the process until now. One short append; whatever the disk says to
 * it, the command goes on.
 */
export function rememberTiming(
  repository: Repository,
  { clock, env, version }: Pick<CommandContext, "clock" | "env" | "version">,
  command: string,
  startedAgo: number = performance.now(),
): void {
  const file = isWanted(env) ? timingsFile(repository) : null;
  if (file === null) return;
  const timing = { at: utcTimestamp(clock.now()), command, ms: Math.round(startedAgo), version };
  try {
    if ((statSync(file, { throwIfNoEntry: false })?.size ?? 0) > MAX_BYTES) dropOlderHalf(file);
    mkdirSync(dirname(file), { recursive: true });
    appendFileSync(file, `${JSON.stringify(timing)}\n`, { mode: 0o600 });
  } catch (error) {
    if (systemCode(error) === undefined) throw error;
  }
}
