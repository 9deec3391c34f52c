import { openRepository } from "../../platform/git/index.ts";
import {
  type CommandContext,
  paintFor,
  printable,
  renderTable,
  shorten,
} from "../../platform/terminal/index.ts";
import { EXIT, type ExitCode } from "../../vocabulary/exit-code.ts";
import { formatTimestamp } from "../../vocabulary/timestamp.ts";
import { describeTook } from "./describe-took.ts";
import { kindOf } from "./kind-of.ts";
import { describeCoverage } from "./range/summarise-runs.ts";
import type { FoundRun } from "./recorded-run.ts";
import { type Standing, type Survey, surveyRuns } from "./survey-runs.ts";
import { describeTotals } from "./totals/describe-totals.ts";

export interface ListOptions {
  kind?: string;
  all?: boolean;
  json?: boolean;
}

const MOST_LISTED = 10;
const COMMAND_WIDTH = 40;

function rowOf(run: FoundRun): string[] {
  const how = run.signal ?? `exit ${run.exit_code}`;
  const took = run.duration_ms === null ? "–" : describeTook(run.duration_ms);
  return [
    formatTimestamp(run.at),
    run.agent,
    run.kind ?? "–",
    how,
    took,
    describeTotals(run.totals),
    shorten(run.command.join(" "), COMMAND_WIDTH),
  ];
}

function standingLine({ kind, last }: Standing, context: CommandContext): string {
  const paint = paintFor(context.colour);
  if (last === null) return `  ${paint("dim", "–")} ${kind.padEnd(11)} no run recorded`;
  const isGood = last.passed && last.covers.differing?.length === 0;
  const how = last.passed ? "passed" : `ended with exit ${last.exitCode}`;
  const files = last.covers.differing ?? [];
  const named = files.length > 0 ? `: ${files.slice(0, 3).join(", ")}${files.length > 3 ? ", …" : ""}` : "";
  const text = `${kind.padEnd(11)} the last run ${how}; ${describeCoverage(last.covers)}${named}`;
  return `  ${isGood ? paint("green", "✔") : paint("yellow", "!")} ${printable(text)}`;
}

function asText({ runs, standing }: Survey, options: ListOptions, context: CommandContext): string {
  const shown = options.all ? runs : runs.slice(-MOST_LISTED);
  if (shown.length === 0) return "no runs are recorded here: growth-engine run --kind unit -- <command>\n";
  const table = renderTable(["ended", "agent", "kind", "how", "took", "tests", "command"], shown.map(rowOf));
  const more = runs.length > shown.length ? `${runs.length - shown.length} older ones: --all\n` : "";
  const lines = standing.map((each) => standingLine(each, context));
  return `${table}${more}\nwhat the working tree holds now:\n${lines.join("\n")}\n`;
}

/** `growth-engine run list`: what is recorded of runs here, and whether the last of each kind covers the working tree. */
export async function listRuns(options: ListOptions, context: CommandContext): Promise<ExitCode> {
  const kind = kindOf(options.kind);
  const survey = await surveyRuns(await openRepository(context.cwd), { kind });
  context.out(options.json ? `${JSON.stringify(survey, null, 2)}\n` : asText(survey, options, context));
  return EXIT.ok;
}
