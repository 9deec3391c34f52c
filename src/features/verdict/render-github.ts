import { printable } from "../../platform/terminal/index.ts";
import type { GuardVerdict, LevelledFinding } from "../../vocabulary/finding.ts";
import type { SpokenLevel } from "../../vocabulary/level.ts";
import { defused } from "./defused.ts";
import { guardsOf, isWhole, mendOf, type Renderer } from "./renderer.ts";
import type { Override } from "./verdict.ts";

const COMMAND: Record<SpokenLevel, string> = { block: "error", warn: "warning", observe: "notice" };

/** The runner splits at CR and LF and decodes these three; other control characters are shown, not sent. */
function escapeData(text: string): string {
  return printable(text.replaceAll("\r\n", "\n"))
    .replaceAll("%", "%25")
    .replaceAll("\r", "%0D")
    .replaceAll("\n", "%0A");
}

function escapeProperty(text: string): string {
  return escapeData(text).replaceAll(":", "%3A").replaceAll(",", "%2C");
}

function command(name: string, properties: Record<string, string | number | undefined>, data: string) {
  const given = Object.entries(properties)
    .filter(([, value]) => value !== undefined && value !== "")
    .map(([key, value]) => `${key}=${escapeProperty(String(value))}`);
  return `::${name} ${given.join(",")}::${escapeData(data)}`;
}

function findingCommand(finding: LevelledFinding): string {
  const { file, line, column, rule, message, chain } = finding;
  const place = file === undefined ? {} : { file, line, col: line === undefined ? undefined : column };
  const steps = chain ? [`Chain: ${chain.join(" → ")}`] : [];
  const data = [message, ...steps, `Mend: ${mendOf(finding)}`].join("\n");
  return command(COMMAND[finding.level], { ...place, title: rule }, data);
}

function guardLines(guard: GuardVerdict): string[] {
  const said = `${guard.guard}: ${guard.verdict}. ${guard.summary}`;
  const head =
    guard.verdict === "error" ? command("error", { title: guard.guard }, guard.summary) : defused(said);
  return [head, ...guard.findings.map(findingCommand)];
}

function overrideLines(override: Override | undefined): string[] {
  if (!override) return [];
  const { by, reason, until, head } = override;
  return [
    command("notice", { title: "Verdict overridden" }, `By ${by} until ${until} for ${head}: ${reason}`),
  ];
}

/** Workflow commands of GitHub Actions: one annotation per finding, one line of log per guard. */
export const renderGithub: Renderer = (subject) => {
  const override = isWhole(subject) ? overrideLines(subject.overridden) : [];
  return [...override, ...guardsOf(subject).flatMap(guardLines)].map((line) => `${line}\n`).join("");
};
