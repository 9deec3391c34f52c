import type { SectionName } from "../../config/index.ts";
import { isCitable } from "./cited-paths.ts";
import { DEFAULT_OPTIONS, openSection } from "./default-template.ts";

/** What the sections are written from. */
export interface WrittenFacts {
  codeChanged: boolean;
  /** Evidence files of this change. */
  evidence: readonly string[];
  /** Heartbeat files of this change. */
  heartbeats: readonly string[];
  /** Whether the work takes a heartbeat. */
  longWork: boolean;
  /** Findings of the ban scan. */
  banFindings: number;
}

function tickedSection(name: SectionName, options: readonly string[]): string {
  return [`## ${name}`, "", ...options.map((option) => `- [x] ${option}`), ""].join("\n");
}

/** Names are counted, not shown: a name that cannot be cited could end the comment. */
function withUncitable(section: string, count: number): string {
  if (count === 0) return section;
  const files = count === 1 ? "1 file has a name" : `${count} files have names`;
  return `${section}\n<!-- ${files} that Markdown cannot cite; rename what \`git status\` shows in quotes. -->\n`;
}

/** Cites the files; without any, claims the exemption where the facts allow it, else leaves the section open. */
function writeRecordSection(
  name: SectionName,
  paths: readonly string[],
  mayClaim: boolean,
  lacking: string,
): string {
  const citable = [...new Set(paths)].filter(isCitable);
  const uncitable = new Set(paths).size - citable.length;
  if (citable.length > 0) {
    const section = tickedSection(
      name,
      citable.map((path) => `\`${path}\``),
    );
    return withUncitable(section, uncitable);
  }
  if (paths.length === 0 && mayClaim) return tickedSection(name, [DEFAULT_OPTIONS[name][1]]);
  return withUncitable(openSection(name, lacking), uncitable);
}

function writeBanSection(findings: number): string {
  const name = "Dev MCP Check";
  if (findings === 0) return tickedSection(name, [DEFAULT_OPTIONS[name][0]]);
  const names = findings === 1 ? "1 finding" : `${findings} findings`;
  return openSection(name, `The scan has ${names}: run \`growth-engine ban scan\`, then print this again.`);
}

/**
 * The three sections, filled from facts: the inverse of `readPullRequestText`. It never claims what the facts
 * contradict; where they are lacking, the options stay open and a comment says what to run.
 */
export function writePullRequestText(facts: WrittenFacts): string {
  const evidence =
    "Code changed and no evidence is recorded: run `growth-engine evidence add`, then print this again.";
  const beats =
    "The work took over 2 hours and has no beats: run `growth-engine heartbeat beat`, then print this again.";
  return [
    writeRecordSection("MCP Evidence", facts.evidence, !facts.codeChanged, evidence),
    writeRecordSection("Heartbeat", facts.heartbeats, !facts.longWork, beats),
    writeBanSection(facts.banFindings),
  ].join("\n");
}
