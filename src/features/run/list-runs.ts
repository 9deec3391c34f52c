export interface ListOptions {
  kind?: string;
  all?: boolean;
  json?: boolean;
}

import type { CommandContext } from "../../platform/terminal/index.ts";
import { EXIT, type ExitCode } from "../../vocabulary/exit-code.ts";
export async function listRuns(_: ListOptions, __: CommandContext): Promise<ExitCode> {
  return EXIT.ok;
}
