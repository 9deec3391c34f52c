import type { AnswerOf } from "../../../platform/endpoint/index.ts";
import { type CommandContext, paintFor, printable } from "../../../platform/terminal/index.ts";
import type { CompletionFacts, completeTaskEndpoint, UnmetPolicy } from "../../task/index.ts";
import type { GatheredFacts } from "./gather-completion.ts";

const LABEL_WIDTH = 12;

function countOf(count: number, one: string): string {
  return `${count} ${one}${count === 1 ? "" : "s"}`;
}

function securitySays({ security, facts }: GatheredFacts): string {
  if (security === null) return "not checked: the diff is over 32 MiB";
  const found = [...security.secrets.map((each) => `secret at ${each}`), ...security.ban];
  const scanned = found.length === 0 ? "no secret, no banned package" : found.slice(0, 5).join("; ");
  const rest = found.length > 5 ? `; and ${found.length - 5} more` : "";
  const audit = facts.security ? `, ${countOf(facts.security.dependencies, "dependency finding")}` : "";
  return `${scanned}${rest}${audit || "; not handed in without --dependency-findings <number> of your audit"}`;
}

function describeRun({ kind, passed, recorded }: NonNullable<CompletionFacts["runs"]>[number]): string {
  return `${kind} ${passed ? "passed" : "failed"} (${recorded ? "recorded" : "told"})`;
}

function factLines({
  tree,
  evidence,
  notes,
  knowledge,
  pull_request,
  proofs,
  runs,
}: CompletionFacts): [string, string][] {
  return [
    ["tree", tree?.slice(0, 12) ?? "–"],
    [
      "evidence",
      evidence
        ? `${countOf(evidence.records, "line")} in ${countOf(evidence.paths.length, "file")}`
        : "none of this task",
    ],
    ["notes", notes?.replaceAll(/\s+/g, " ") ?? "none"],
    ["proofs", proofs?.map(({ criterion, proof }) => `${criterion}: ${proof}`).join("; ") ?? "none"],
    ["knowledge", knowledge?.reference ?? "none"],
    ["PR", pull_request ? `${pull_request.url}${pull_request.merged ? ", merged" : ", not merged"}` : "none"],
    ["tests", runs?.map(describeRun).join(", ") ?? "none told, none recorded on this commit"],
  ];
}

/** What is handed in, one line each. */
export function renderFacts(gathered: GatheredFacts, context: CommandContext): string {
  const paint = paintFor(context.colour);
  const lines = [...factLines(gathered.facts), ["security", securitySays(gathered)] as [string, string]];
  return `${lines.map(([label, says]) => `  ${paint("dim", label.padEnd(LABEL_WIDTH))} ${printable(says)}`).join("\n")}\n\n`;
}

/** Each policy that is not met, and what would meet it. */
export function renderUnmet(task: string, unmet: readonly UnmetPolicy[], context: CommandContext): string {
  const paint = paintFor(context.colour);
  if (unmet.length === 0) return `${paint("green", "✔")} ${printable(task)} could be completed\n`;
  const lines = unmet.map(
    ({ policy, says, mend }) =>
      `  ${paint("red", "✖")} ${policy.replaceAll("_", " ").padEnd(LABEL_WIDTH)} ${printable(says)}\n    ${" ".repeat(LABEL_WIDTH)} ${paint("dim", printable(mend))}`,
  );
  return `${paint("red", "✖")} ${printable(task)} is not completed: ${countOf(unmet.length, "thing")} missing\n${lines.join("\n")}\n`;
}

/** That it is done, and what it set free. */
export function renderCompleted(
  { task, released }: AnswerOf<typeof completeTaskEndpoint>,
  beat: string,
  context: CommandContext,
): string {
  const paint = paintFor(context.colour);
  const free = released.length === 0 ? "" : `  now ready: ${printable(released.join(", "))}\n`;
  return `${paint("green", "✔")} ${printable(task.id)} is completed\n${free}  last beat: ${printable(beat)} (commit it with the evidence)\n`;
}
