import type { SectionName } from "../../config/index.ts";
import type { Box } from "./parse-markdown.ts";
import { readStatements, type Statement } from "./read-statements.ts";
import { type Line, shownText } from "./split-lines.ts";

/** What a template says: every line of it, and the options of each section. */
export interface Template {
  lines: Set<string>;
  options: [section: SectionName | null, line: string][];
}

function lineKey(line: Line, box: Box | null): string {
  const targets = line.pieces.map(({ href }) => href ?? "").join(" ");
  return `${box ?? ""}|${shownText(line)}|${targets.trim()}`;
}

/** One key per line. Word for word, whatever the bullet; the box is part of the first line of an option. */
export function lineKeys({ lines, box }: Statement): string[] {
  return lines.map((line, index) => lineKey(line, index === 0 ? box : null));
}

/** Reads a template the way a pull request text is read, so that only what it shows is compared. */
export function readTemplate(text: string): Template {
  const statements = readStatements(text).all;
  const options = statements.filter(({ isOption }) => isOption);
  return {
    lines: new Set(statements.flatMap(lineKeys)),
    options: options.map((option) => [option.section, lineKeys(option)[0] ?? ""]),
  };
}
