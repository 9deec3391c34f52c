import { Command } from "commander";
import { FEATURES } from "../../src/entrypoints/cli/features.ts";
import type { CommandContext } from "../../src/platform/terminal/index.ts";

/** A context for commands that are looked at and never run. */
export const LOOKING: CommandContext = {
  cwd: ".",
  env: {},
  clock: { now: () => 0 },
  version: "0.0.0",
  out: () => undefined,
  err: () => undefined,
  colour: false,
  columns: 100,
  readInput: async () => Buffer.alloc(0),
};

/** The whole command line with every feature's commands on it. */
export async function loadProgram(): Promise<Command> {
  const program = new Command("growth-engine");
  for (const [name, row] of Object.entries(FEATURES)) {
    const feature = program.command(name).description(row.says);
    feature.aliases([...(row.aliases ?? [])]);
    (await row.load())(feature, LOOKING);
  }
  return program;
}
