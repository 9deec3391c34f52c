import { appendFile, writeFile } from "node:fs/promises";
import { resolve } from "node:path";
import { escapeText, renderVerdict, workflowCommand } from "../../features/verdict/index.ts";
import { Fault, isFault, isRefusal, messageOf } from "../../platform/errors/index.ts";
import type { CommandContext } from "../../platform/terminal/index.ts";
import { EXIT, type ExitCode } from "../../vocabulary/exit-code.ts";
import type { Inputs } from "./read-inputs.ts";
import type { ActionAnswer } from "./run-action.ts";

const EXIT_OF = { pass: EXIT.ok, fail: EXIT.no, error: EXIT.fault } as const;

/** The runner's own files (docs.github.com "Workflow commands"); each is absent where nobody reads it. */
async function append(context: CommandContext, name: string, text: string): Promise<void> {
  const path = context.env[name];
  if (path) await appendFile(path, text);
}

function notesText({ notes }: ActionAnswer): string {
  if (notes.length === 0) return "";
  const items = notes.map(({ seen, says }) => `- ${seen ? "" : "⚠️ "}${escapeText(says)}`);
  return `\n<details open><summary>What was asked of GitHub</summary>\n\n${items.join("\n")}\n\n</details>\n`;
}

/** One guard says whether it applied; all together pass or do not. */
function verdictOf({ report }: ActionAnswer): string {
  if (report === null) return "not-applicable";
  const [only, ...others] = report.guards;
  return others.length === 0 && only !== undefined && report.verdict === "pass"
    ? only.verdict
    : report.verdict;
}

async function writeSarif(answer: ActionAnswer, { sarif }: Inputs, context: CommandContext): Promise<void> {
  if (sarif === null || answer.report === null) return;
  const text = renderVerdict(answer.report, "sarif", { colour: false, version: context.version });
  try {
    await writeFile(resolve(context.cwd, sarif), text);
  } catch (cause) {
    throw new Fault("FILE_FAILED", `sarif: ${sarif} could not be written: ${messageOf(cause)}`, {
      cause,
      hint: "name a file in a folder that exists and may be written",
    });
  }
}

/** Writes annotations, job summary, output and SARIF; the job fails unless the answer is a pass. */
export async function writeAnswer(
  answer: ActionAnswer,
  inputs: Inputs,
  context: CommandContext,
): Promise<ExitCode> {
  const { report, notes } = answer;
  const options = { colour: false, version: context.version };
  for (const { seen, says } of notes) {
    context.out(
      `${workflowCommand(seen ? "debug" : "warning", seen ? {} : { title: "Growth Engine" }, says)}\n`,
    );
  }
  context.out(
    report === null ? "The branch is gone: nothing to judge.\n" : renderVerdict(report, "github", options),
  );
  const summary =
    report === null ? "Nothing to judge: the branch is gone.\n" : renderVerdict(report, "markdown", options);
  await append(context, "GITHUB_STEP_SUMMARY", summary + notesText(answer));
  await append(context, "GITHUB_OUTPUT", `verdict=${verdictOf(answer)}\n`);
  await writeSarif(answer, inputs, context);
  return report === null ? EXIT.ok : EXIT_OF[report.verdict];
}

/** No answer could be given: the job fails, and says why and what mends it. */
export async function writeFailure(error: unknown, context: CommandContext): Promise<ExitCode> {
  const known = isRefusal(error) || isFault(error);
  const code = known ? error.code : "INTERNAL";
  const mend = known && error.hint ? `\nMend: ${error.hint}` : "";
  const title = `Growth Engine could not tell [${code}]`;
  context.out(`${workflowCommand("error", { title }, messageOf(error) + mend)}\n`);
  const said = `${escapeText(messageOf(error))}\n\n${escapeText(mend.trim())}\n`;
  await append(context, "GITHUB_STEP_SUMMARY", `## ⚠️ error: Growth Engine\n\n${said}`);
  await append(context, "GITHUB_OUTPUT", "verdict=error\n");
  return isRefusal(error) ? error.exit : EXIT.fault;
}
