import type { GuardVerdict, LevelledFinding } from "../../vocabulary/finding.ts";
import type { SpokenLevel } from "../../vocabulary/level.ts";
import { defused } from "./defused.ts";
import { guardsOf, isWhole, mendOf, type Renderer } from "./renderer.ts";
import { uncountedOf } from "./uncounted.ts";
import type { Override } from "./verdict.ts";
import { workflowCommand } from "./workflow-command.ts";

const COMMAND: Record<SpokenLevel, string> = { block: "error", warn: "warning", observe: "notice" };

function findingCommand(finding: LevelledFinding): string {
  const { file, line, column, rule, message, chain } = finding;
  const place = file === undefined ? {} : { file, line, col: line === undefined ? undefined : column };
  const steps = chain ? [`Chain: ${chain.join(" → ")}`] : [];
  const data = [message, ...steps, `Mend: ${mendOf(finding)}`].join("\n");
  return workflowCommand(COMMAND[finding.level], { ...place, title: rule }, data);
}

function guardLines(guard: GuardVerdict): string[] {
  const said = `${guard.guard}: ${guard.verdict}. ${guard.summary}`;
  const head =
    guard.verdict === "error"
      ? workflowCommand("error", { title: guard.guard }, guard.summary)
      : defused(said);
  return [head, ...guard.findings.map(findingCommand)];
}

function overrideLines(override: Override | undefined): string[] {
  if (!override) return [];
  const { by, reason, until, head } = override;
  return [
    workflowCommand(
      "notice",
      { title: "Verdict overridden" },
      `By ${by} until ${until} for ${head}: ${reason}`,
    ),
  ];
}

/** Workflow commands of GitHub Actions: one annotation per finding, one line of log per guard. */
export const renderGithub: Renderer = (subject) => {
  const override = isWhole(subject) ? overrideLines(subject.overridden) : [];
  const uncounted = uncountedOf(subject).map((said) =>
    workflowCommand("notice", { title: "Approval is no override" }, said),
  );
  return [...override, ...uncounted, ...guardsOf(subject).flatMap(guardLines)]
    .map((line) => `${line}\n`)
    .join("");
};
