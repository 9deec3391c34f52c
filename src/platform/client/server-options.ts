import type { Command } from "commander";

/** What every command that talks to the control plane takes. */
export interface ServerChoice {
  url?: string;
  fleet?: string;
  json?: boolean;
  /** False asks once; else a server that is away is waited for. */
  waits?: boolean;
  /** Milliseconds for which an answer is waited for, where that is not as long as usual. */
  within?: number;
}

/** Adds the options that say which server, which fleet, and in what form. */
export function addServerOptions(command: Command): Command {
  return command
    .option("--url <url>", "the control plane (default: $GROWTH_ENGINE_URL, else the one of this machine)")
    .option("--fleet <fleet>", "the fleet, for an admin's token (default: $GROWTH_ENGINE_FLEET)")
    .option("--json", "print JSON");
}
