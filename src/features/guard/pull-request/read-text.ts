import { SECTION_NAMES, type SectionName } from "../../config/index.ts";
import { citedPaths, pathsOfOwnLine } from "./cited-paths.ts";
import { type Heard, hearSection } from "./hear-section.ts";
import { type Exemption, isAffirmation, readExemption } from "./read-claim.ts";
import { readStatements, type Statement } from "./read-statements.ts";
import { readTemplate, type Template } from "./template-lines.ts";

/** A path as the text cites it, good or bad, and the line of the text. */
export interface CitedPath {
  path: string;
  line: number;
}

/** What one section of a pull request text says. */
export interface SectionFacts {
  /** `unfilled`: it cites, claims and affirms nothing that counts. */
  state: "missing" | "unfilled" | "filled";
  /** Line of the first heading, from 1. */
  line: number | null;
  cited: CitedPath[];
  exemption: Exemption | null;
  /** Dev MCP Check: whether the text affirms that production holds no development MCP. */
  affirmed: boolean;
}

export type PullRequestFacts = Record<SectionName, SectionFacts>;

/** Which exemption frees from which section. A phrase in another section claims nothing. */
const EXEMPTION_OF: Partial<Record<SectionName, Exemption>> = {
  "MCP Evidence": "non-code-change",
  Heartbeat: "single-session",
};

function citationsIn({ claimed, loose }: Heard): CitedPath[] {
  const found = new Map<string, number>();
  const keep = (line: number, paths: readonly string[]) => {
    for (const path of paths) found.set(path, Math.min(line, found.get(path) ?? line));
  };
  for (const line of claimed) keep(line.number, citedPaths(line));
  for (const line of loose) keep(line.number, pathsOfOwnLine(line) ?? []);
  const cited = [...found].map(([path, line]) => ({ path, line }));
  return cited.sort((one, other) => one.line - other.line);
}

function factsOf(name: SectionName, heard: Heard, line: number): SectionFacts {
  const cited = citationsIn(heard);
  const exemption = EXEMPTION_OF[name] ?? null;
  const claims = exemption !== null && heard.chosen.some((option) => readExemption(option) === exemption);
  const affirmed = name === "Dev MCP Check" && heard.chosen.some(isAffirmation);
  const isFilled = name === "Dev MCP Check" ? affirmed : claims || cited.length > 0;
  return {
    state: isFilled ? "filled" : "unfilled",
    line,
    cited,
    exemption: claims ? exemption : null,
    affirmed,
  };
}

function readSection(
  name: SectionName,
  line: number | undefined,
  statements: readonly Statement[],
  templates: readonly Template[],
): SectionFacts {
  if (line === undefined) {
    return { state: "missing", line: null, cited: [], exemption: null, affirmed: false };
  }
  const here = statements.filter(({ section }) => section === name);
  return factsOf(name, hearSection(name, here, templates), line);
}

/**
 * What a pull request text says in the three sections (contract §3), beyond the repository's own templates.
 * Hostile text is fine; callers refuse more than 256 KiB.
 */
export function readPullRequestText(text: string, templates: readonly string[]): PullRequestFacts {
  const { headings, all } = readStatements(text);
  const known = templates.map(readTemplate);
  const facts = SECTION_NAMES.map((name) => [name, readSection(name, headings.get(name), all, known)]);
  return Object.fromEntries(facts) as PullRequestFacts;
}
