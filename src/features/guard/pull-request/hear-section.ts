import type { SectionName } from "../../config/index.ts";
import type { Statement } from "./read-statements.ts";
import { type Line, shownText } from "./split-lines.ts";
import { lineKeys, type Template } from "./template-lines.ts";

/** What of a section counts. */
export interface Heard {
  /** Options that were chosen, each taken whole. */
  chosen: string[];
  /** Lines of chosen options: they cite in a sentence too. */
  claimed: Line[];
  /** Other lines of the author's own: they cite only when they hold nothing but paths. */
  loose: Line[];
}

/** A statement with the lines that no template holds. */
interface Own {
  statement: Statement;
  firstKey: string;
  lines: Line[];
}

function ownPart(statement: Statement, templates: readonly Template[]): Own {
  const keys = lineKeys(statement);
  const isOwn = (key: string) => !templates.some(({ lines }) => lines.has(key));
  const lines = statement.lines.filter((line, index) => isOwn(keys[index] ?? "") && shownText(line) !== "");
  return { statement, firstKey: keys[0] ?? "", lines };
}

/**
 * The one thing that is left in a section. Every option is a thing, ticked or not, filled or not: the placeholder
 * beside an exemption shows that nobody chose yet.
 */
function soleThing(parts: readonly Own[]): Own | null {
  const things = parts.filter(({ statement, lines }) => statement.isOption || lines.length > 0);
  return things.length === 1 ? (things[0] ?? null) : null;
}

/** Whether every template that shows this option had others beside it, which are gone. */
function othersTakenOut(key: string, section: SectionName, templates: readonly Template[]): boolean {
  const showing = templates.filter(({ lines }) => lines.has(key));
  return showing.every(({ options }) => options.some(([of, option]) => of === section && option !== key));
}

function isTicked({ statement, firstKey }: Own, templates: readonly Template[]): boolean {
  return statement.box === "ticked" && !templates.some(({ lines }) => lines.has(firstKey));
}

function wholeText(lines: readonly Line[]): string {
  return lines.map(shownText).join(" ").trim();
}

/** Sorts what a section says by how much it counts (contract §3). */
export function hearSection(
  section: SectionName,
  statements: readonly Statement[],
  templates: readonly Template[],
): Heard {
  const parts = statements.map((statement) => ownPart(statement, templates));
  const sole = soleThing(parts);
  const heard: Heard = { chosen: [], claimed: [], loose: [] };
  for (const part of parts) {
    const { statement, lines, firstKey } = part;
    const isSoleOption = part === sole && statement.isOption && othersTakenOut(firstKey, section, templates);
    if (isTicked(part, templates) || isSoleOption) {
      heard.chosen.push(wholeText(statement.lines));
      for (const line of isSoleOption ? statement.lines : lines) heard.claimed.push(line);
    } else if (statement.box !== "open" && !statement.isUnderOpenBox) {
      if (part === sole && !statement.isOption) heard.chosen.push(wholeText(lines));
      // One at a time: spread into a call, a text of 100,000 lines overflows the stack.
      for (const line of lines) heard.loose.push(line);
    }
  }
  return heard;
}
