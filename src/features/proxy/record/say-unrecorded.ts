import type { CommandContext } from "../../../platform/terminal/index.ts";
import type { Tap } from "./tap.ts";

/** Waits for what is still to be written, and says on standard error which calls were not recorded. */
export async function sayUnrecorded(tap: Tap, context: CommandContext): Promise<void> {
  for (const [reason, calls] of await tap.close()) {
    const what = calls === 1 ? "1 call was" : `${calls} calls were`;
    context.err(`growth-engine mcp proxy: ${what} passed on and not recorded: ${reason}\n`);
  }
}
