import { openRepository } from "../../../platform/git/index.ts";
import { type CommandContext, paintFor } from "../../../platform/terminal/index.ts";
import { EXIT, type ExitCode } from "../../../vocabulary/exit-code.ts";
import type { WitnessQuery } from "./read-stretch.ts";
import { renderCoverage } from "./render-coverage.ts";
import { readWitnessCoverage } from "./witness-coverage.ts";

export interface WitnessCoverageOptions extends Omit<WitnessQuery, "range"> {
  json?: boolean;
}

/** `growth-engine witness coverage`: reports, and never fails a check. */
export async function coverWitnesses(
  range: string | undefined,
  { json, ...query }: WitnessCoverageOptions,
  context: CommandContext,
): Promise<ExitCode> {
  const coverage = await readWitnessCoverage(await openRepository(context.cwd), { ...query, range });
  const look = { paint: paintFor(context.colour), columns: context.columns };
  context.out(json ? `${JSON.stringify(coverage, null, 2)}\n` : renderCoverage(coverage, look));
  return EXIT.ok;
}
