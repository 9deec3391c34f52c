import MarkdownIt, { type Token } from "markdown-it";

/** A heading's part of a Markdown text. */
export interface Section {
  /** The heading's text; empty for what stands before the first. */
  title: string;
  /** Counted from 1 in the text. */
  line: number;
  /** What stands below the heading, as written, without comments that hold nothing else. */
  text: string;
  /** The items of its lists; a box of a task list is taken off. */
  items: string[];
}

// Text without emphasis: marks are kept as they were written. Links of any kind are never followed or rendered.
const READER = new MarkdownIt("commonmark");
const BOX = /^\[[ xX]\][ \t]+/;
const NUMBER = /^#\d+[ \t]+/;
const COMMENT_LINE = /^[ \t]*<!--[^\n]{0,200}?-->[ \t]*$/;

function isHeading(token: Token, deepest: number): boolean {
  return token.type === "heading_open" && token.level === 0 && Number(token.tag.slice(1)) <= deepest;
}

/** The text of each list item's first paragraph, outermost lists only. */
function itemsOf(tokens: readonly Token[]): string[] {
  return tokens.flatMap((token, index) => {
    const [paragraph, inline] = [tokens[index + 1], tokens[index + 2]];
    if (token.type !== "list_item_open" || token.level !== 1 || paragraph?.type !== "paragraph_open")
      return [];
    const text = (inline?.content ?? "").replace(BOX, "").replace(NUMBER, "").replaceAll(/\s+/g, " ").trim();
    return text === "" ? [] : [text];
  });
}

function textBetween(lines: readonly string[], from: number, until: number): string {
  return lines
    .slice(from, until)
    .filter((line) => !COMMENT_LINE.test(line))
    .join("\n")
    .trim();
}

/**
 * The sections of a Markdown text.
 * @param deepest the lowest level of heading that begins one
 */
export function readSections(text: string, deepest = 6): Section[] {
  const lines = text.split(/\r\n|\n|\r/);
  const tokens = READER.parse(lines.join("\n"), {});
  const starts = tokens.flatMap((token, index) => (isHeading(token, deepest) ? [index] : []));
  const before: Section = {
    title: "",
    line: 1,
    text: textBetween(lines, 0, tokens[starts[0] ?? -1]?.map?.[0] ?? lines.length),
    items: itemsOf(tokens.slice(0, starts[0])),
  };
  const headed = starts.map((start, index): Section => {
    const next = starts[index + 1];
    const [top = 0, end = 0] = tokens[start]?.map ?? [];
    return {
      title: tokens[start + 1]?.content.trim() ?? "",
      line: top + 1,
      text: textBetween(lines, end, tokens[next ?? -1]?.map?.[0] ?? lines.length),
      items: itemsOf(tokens.slice(start, next)),
    };
  });
  return [before, ...headed];
}

/** Is this the heading of acceptance criteria? */
export function isAcceptance({ title }: Section): boolean {
  return /^acceptance criteri(?:a|on)\b/i.test(title);
}

/** Criteria from a text that is nothing else: its list items, else its lines. */
export function readCriteria(text: string): string[] {
  const items = readSections(text).flatMap((section) => section.items);
  if (items.length > 0) return items;
  return text.split(/[\r\n]+/).flatMap((line) => line.trim() || []);
}

/** The lines of a Markdown text's paragraphs and items: what stands in code, quotes and comments is not said. */
export function readTextLines(text: string): string[] {
  let quotes = 0;
  return READER.parse(text, {}).flatMap((token) => {
    if (token.type === "blockquote_open") quotes += 1;
    if (token.type === "blockquote_close") quotes -= 1;
    return token.type === "inline" && quotes === 0
      ? token.content.replaceAll(/`[^`]*`/g, "").split("\n")
      : [];
  });
}
