import type { Token } from "markdown-it";
import type { TokenMeta } from "./parse-markdown.ts";

/** A stretch of one line. A link keeps what it shows and where it leads. */
export interface Piece {
  kind: "text" | "code" | "link";
  text: string;
  href?: string;
}

/** What one line of a paragraph says, without comments and struck text. */
export interface Line {
  /** Number in the text, from 1. */
  number: number;
  pieces: Piece[];
}

/** Tags that only dress text. Any other tag stays text: mostly it is a placeholder such as `<agent>`. */
const DRESS = /^<\/?(?:b|strong|i|em|code|kbd|tt|samp|u|span)\s*\/?>$/i;
const BREAK = /^<br\s*\/?>$/i;
const INVISIBLE = /^<[!?]/;
/** Stands for an image, so that a line with one is not taken for a line without. */
const IMAGE = "\uFFFC";

class LineWriter {
  readonly lines: Line[];
  private readonly content: string;
  private counted = 0;
  private number: number;
  private struck = 0;
  private link: Piece | null = null;
  private brokenInLink = false;

  constructor(content: string, firstNumber: number) {
    this.content = content;
    this.number = firstNumber;
    this.lines = [{ number: firstNumber, pieces: [] }];
  }

  private say(kind: Piece["kind"], text: string): void {
    if (this.struck > 0) return;
    if (this.link) {
      this.link.text += text;
      return;
    }
    const pieces = this.lines.at(-1)?.pieces;
    const last = pieces?.at(-1);
    if (kind === "text" && last?.kind === "text") last.text += text;
    else pieces?.push({ kind, text });
  }

  /** Counts line ends up to the one at or after `at`: a code span over two lines holds one that no token shows. */
  private passBreak(at: number): void {
    const end = this.content.indexOf("\n", at);
    for (let next = this.content.indexOf("\n", this.counted); next !== -1 && next <= end; ) {
      this.number += 1;
      this.counted = next + 1;
      next = this.content.indexOf("\n", this.counted);
    }
  }

  private startLine(): void {
    if (this.link) {
      this.link.text += " ";
      this.brokenInLink = true;
    } else this.lines.push({ number: this.number, pieces: [] });
  }

  private openLink(href: string): void {
    this.link = { kind: "link", text: "", href };
    if (this.struck === 0) this.lines.at(-1)?.pieces.push(this.link);
  }

  private closeLink(): void {
    this.link = null;
    if (this.brokenInLink) this.startLine();
    this.brokenInLink = false;
  }

  private takeBreak(token: Token): void {
    this.passBreak((token.meta as TokenMeta).at ?? 0);
    this.startLine();
  }

  private strike(change: number): void {
    this.struck += change;
  }

  private takeHtml(tag: string): void {
    if (BREAK.test(tag)) this.startLine();
    else if (!INVISIBLE.test(tag) && !DRESS.test(tag)) this.say("text", tag);
  }

  private readonly takers: Record<string, (token: Token) => void> = {
    softbreak: (token) => this.takeBreak(token),
    hardbreak: (token) => this.takeBreak(token),
    code_inline: ({ content }) => this.say("code", content),
    html_inline: ({ content }) => this.takeHtml(content),
    image: () => this.say("text", IMAGE),
    link_open: (token) => this.openLink(String(token.attrGet("href") ?? "")),
    link_close: () => this.closeLink(),
    s_open: () => this.strike(1),
    s_close: () => this.strike(-1),
  };

  take(token: Token): void {
    const taker = this.takers[token.type];
    if (taker) taker(token);
    else this.say("text", token.content);
  }
}

/** What a line shows, on one line, with single spaces. */
export function shownText(line: Line): string {
  const shown = line.pieces.map(({ text }) => text).join("");
  return shown.trim().split(/\s+/).join(" ");
}

/** The lines of an inline token. */
export function splitLines(inline: Token): Line[] {
  const writer = new LineWriter(inline.content, (inline.map?.[0] ?? 0) + 1);
  for (const token of inline.children ?? []) writer.take(token);
  return writer.lines;
}
