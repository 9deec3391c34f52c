import { writeSync } from "node:fs";
import { answerHook } from "../../features/hook/index.ts";
import { systemClock } from "../../platform/clock/index.ts";

declare const GROWTH_ENGINE_VERSION: string;

/** Said where hosts show it harmlessly; a closed pipe is nobody's fault. */
export function tell(sentence: string): void {
  try {
    // Payloads are hostile, terminals obey: nothing but plain letters.
    writeSync(
      2,
      `growth-engine hook: ${sentence.replace(/[^\x20-\x7e\u00a0-\uffff]/g, "?").slice(0, 500)}\n`,
    );
  } catch {
    // Nobody listens.
  }
}

function folder(): string {
  try {
    return process.cwd();
  } catch {
    // It was deleted meanwhile.
    return "/";
  }
}

const STANDARD_INPUT = 0;

/** Runs the hook for the words after `hook`, and leaves without waiting for whoever keeps a pipe open. */
export async function runHook(words: readonly string[]): Promise<never> {
  const isRead = await answerHook({
    words,
    input: STANDARD_INPUT,
    cwd: folder(),
    env: process.env,
    version: GROWTH_ENGINE_VERSION,
    now: systemClock.now,
    tell,
  });
  // Node would wait for the thread that reads; a signal does not.
  if (!isRead) process.kill(process.pid, "SIGTERM");
  return process.exit(0);
}
