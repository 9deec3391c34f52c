import { parseArgs } from "node:util";
import type { CommandContext } from "../../platform/terminal/index.ts";
import type { ExitCode } from "../../vocabulary/exit-code.ts";
import { runScan, type ScanCommandOptions } from "./run-scan.ts";

export { runScan } from "./run-scan.ts";

/** The words after `ban scan`, without a command parser; null where they are not all understood. */
function readScanWords(words: readonly string[]): ScanCommandOptions | null {
  try {
    const { values } = parseArgs({
      args: [...words],
      options: {
        head: { type: "string" },
        staged: { type: "boolean" },
        bundle: { type: "string" },
        json: { type: "boolean" },
        format: { type: "string", default: "text" },
      },
    });
    return values;
  } catch {
    return null;
  }
}

/**
 * `ban scan` by the words after it. Null where they are not understood, for the command parser to read them: it takes
 * 10 ms to load, and every commit waits for this command.
 */
export function scanOf(words: readonly string[], context: CommandContext): Promise<ExitCode> | null {
  const options = readScanWords(words);
  return options === null ? null : runScan(options, context);
}
