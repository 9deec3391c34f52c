import { writeFile } from "node:fs/promises";
import { resolve } from "node:path";
import { Fault, messageOf } from "../../platform/errors/index.ts";
import { openRepository } from "../../platform/git/index.ts";
import type { CommandContext } from "../../platform/terminal/index.ts";
import { rememberTiming } from "../../platform/timings/index.ts";
import { EXIT, type ExitCode } from "../../vocabulary/exit-code.ts";
import type { GuardName } from "../../vocabulary/finding.ts";
import { type Format, parseFormat, renderVerdict, type VerdictReport } from "../verdict/index.ts";
import type { AskedGuards } from "./asked-guards.ts";
import { gatherSubject, type SubjectOptions } from "./gather-subject.ts";
import { judgeRange } from "./judge-range.ts";

/** Options of `guard [mcp|idle|ban|all]`. */
export interface GuardOptions extends SubjectOptions {
  format?: string;
  json?: boolean;
  output?: string;
}

const KIND_OF: Record<GuardName, string> = {
  "guard-mcp": "mcp",
  "idle-guard": "idle",
  "dev-mcp-ban": "ban",
  witness: "witness",
};
const EXIT_OF = { pass: EXIT.ok, fail: EXIT.no, error: EXIT.fault } as const;

async function writeOutput(context: CommandContext, path: string, text: string): Promise<void> {
  try {
    await writeFile(resolve(context.cwd, path), text);
  } catch (cause) {
    throw new Fault("FILE_FAILED", `--output: ${path} could not be written: ${messageOf(cause)}`, {
      cause,
      hint: "name a file in a folder that exists and may be written",
    });
  }
}

/** Prints a verdict in the asked format; with `--output` that goes to the file, and text to the terminal. */
export async function printVerdict(
  report: VerdictReport,
  options: Pick<GuardOptions, "format" | "json" | "output">,
  context: CommandContext,
): Promise<ExitCode> {
  const format: Format = parseFormat(options.json ? "json" : (options.format ?? "text"));
  const render = (as: Format) =>
    renderVerdict(report, as, { colour: context.colour && as === "text", version: context.version });
  if (options.output === undefined) {
    context.out(render(format));
  } else {
    await writeOutput(
      context,
      options.output,
      renderVerdict(report, format, { colour: false, version: context.version }),
    );
    context.out(render("text"));
  }
  return EXIT_OF[report.verdict];
}

/** The words that asked for these guards. */
function nameOf(asked: AskedGuards): string {
  const [first, ...others] = asked === "all" ? [] : asked;
  return others.length > 0 || first === undefined ? "guard all" : `guard ${KIND_OF[first]}`;
}

/** `growth-engine guard …`: judges a range and prints the verdict. */
export async function runGuards(
  guards: AskedGuards,
  options: GuardOptions,
  context: CommandContext,
): Promise<ExitCode> {
  parseFormat(options.json ? "json" : (options.format ?? "text"));
  const repository = await openRepository(context.cwd);
  const subject = await gatherSubject(options, context);
  const { report } = await judgeRange(repository, subject, guards);
  const answer = await printVerdict(report, options, context);
  rememberTiming(repository, context, nameOf(guards));
  return answer;
}
