import type { Command } from "commander";
import { type CommandContext, runCommand } from "../../platform/terminal/index.ts";
import type { DoctorOptions, LookAtServer } from "./run-doctor.ts";

/** `doctor`: a command without verbs. @param lookAtServer where a control plane may be asked whether it is there */
export function addDoctorCommand(
  feature: Command,
  context: CommandContext,
  lookAtServer?: LookAtServer,
): void {
  feature.option("--only <name...>", "only these checks").option("--json", "print JSON");
  runCommand<DoctorOptions>(feature, async (options) =>
    (await import("./run-doctor.ts")).runDoctor(options, context, lookAtServer),
  );
}
