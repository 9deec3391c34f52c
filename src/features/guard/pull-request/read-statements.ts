import type { Token } from "markdown-it";
import type { SectionName } from "../../config/index.ts";
import { nameSection } from "./name-section.ts";
import { type Box, parseMarkdown, type TokenMeta } from "./parse-markdown.ts";
import { type Line, shownText, splitLines } from "./split-lines.ts";

/** A paragraph, or the first paragraph of a list item. */
export interface Statement {
  /** The section it stands in; null outside the three. */
  section: SectionName | null;
  isOption: boolean;
  box: Box | null;
  /** Whether the nearest box around it is open: then it is part of what was not ticked. */
  isUnderOpenBox: boolean;
  lines: Line[];
}

export interface Statements {
  /** Line of the first heading of each section. */
  headings: Map<SectionName, number>;
  all: Statement[];
}

interface Item {
  option: Statement;
  box: Box | null;
  /** Until its first block has come. */
  isFresh: boolean;
}

class StatementReader {
  readonly headings: Statements["headings"] = new Map();
  readonly all: Statement[] = [];
  private section: SectionName | null = null;
  private depth = 0;
  private quotes = 0;
  private readonly items: Item[] = [];

  private state(isOption: boolean, lines: Line[]): Statement {
    const boxed = this.items.findLast(({ box }) => box !== null);
    const isUnderOpenBox = boxed?.box === "open";
    const statement = { section: this.section, isOption, box: null, isUnderOpenBox, lines };
    this.all.push(statement);
    return statement;
  }

  private takeHeading(open: Token, inline: Token | undefined): void {
    const depth = Number(open.tag.slice(1));
    const lines = inline ? splitLines(inline) : [];
    const name = nameSection(lines.map(shownText).join(" ").trim());
    if (name === null && depth > this.depth) return;
    this.section = name;
    this.depth = name === null ? 0 : depth;
    const number = (open.map?.[0] ?? 0) + 1;
    if (name !== null && !this.headings.has(name)) this.headings.set(name, number);
  }

  private takeParagraph(inline: Token): void {
    const lines = splitLines(inline);
    const item = this.items.at(-1);
    if (!item?.isFresh) {
      this.state(false, lines);
      return;
    }
    item.box = (inline.meta as TokenMeta | null)?.box ?? null;
    item.option.box = item.box;
    item.option.lines = lines;
  }

  private takeListToken({ type }: Token): void {
    if (type === "list_item_open") {
      this.items.push({ option: this.state(true, []), box: null, isFresh: true });
    } else if (type === "list_item_close") this.items.pop();
  }

  private takeQuoteToken({ type }: Token): void {
    if (type === "blockquote_open") this.quotes += 1;
    else if (type === "blockquote_close") this.quotes -= 1;
  }

  /** Fences, indented code, HTML and rules fall through: they say nothing. */
  take(token: Token, next: Token | undefined): void {
    this.takeQuoteToken(token);
    if (this.quotes === 0) {
      this.takeListToken(token);
      if (token.type === "heading_open" && token.level === 0) this.takeHeading(token, next);
      if (token.type === "paragraph_open" && next) this.takeParagraph(next);
    }
    const item = this.items.at(-1);
    if (item && token.type !== "list_item_open") item.isFresh = false;
  }
}

/** Everything a text says, paragraph by paragraph. */
export function readStatements(text: string): Statements {
  const reader = new StatementReader();
  const tokens = parseMarkdown(text);
  for (const [index, token] of tokens.entries()) reader.take(token, tokens[index + 1]);
  return { headings: reader.headings, all: reader.all };
}

/** Which of the three sections a text opens. */
export function findSections(text: string): ReadonlySet<SectionName> {
  return new Set(readStatements(text).headings.keys());
}
