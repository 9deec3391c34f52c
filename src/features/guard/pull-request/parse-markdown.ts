import MarkdownIt, { type StateCore, type StateInline, type Token } from "markdown-it";

/** A task box at the start of a list item. */
export type Box = "ticked" | "open";

/** What this reader adds to markdown-it's tokens. */
export interface TokenMeta {
  /** On the inline token of a list item's first paragraph. */
  box?: Box;
  /** On tokens inside a paragraph: where in its content the token starts. */
  at?: number;
}

const BOX = /^\[([ xX])\](?=\s|$)[ \t]*/;

/**
 * Boxes are taken before inline reading, as forges do: otherwise a link definition named `x` makes a link of `[x]`.
 */
function takeBoxes({ tokens }: StateCore): void {
  for (const [index, token] of tokens.entries()) {
    if (token.type !== "list_item_open" || tokens[index + 1]?.type !== "paragraph_open") continue;
    const inline = tokens[index + 2];
    const mark = inline && BOX.exec(inline.content);
    if (!inline || !mark) continue;
    inline.meta = { box: mark[1] === " " ? "open" : "ticked" } satisfies TokenMeta;
    inline.content = inline.content.slice(mark[0].length);
  }
}

function rememberPlaces(markdown: MarkdownIt): void {
  markdown.inline.State = class extends markdown.inline.State {
    override push(...args: Parameters<StateInline["push"]>): Token {
      const token = super.push(...args);
      token.meta = { at: this.pos } satisfies TokenMeta;
      return token;
    }
  };
}

/**
 * CommonMark as it is, but: emphasis stays text, since its marks are also parts of paths and globs; struck text is
 * known, since it is withdrawn; link targets stay as written, since a path is judged as it was cited.
 */
function buildReader(): MarkdownIt {
  const markdown = new MarkdownIt("commonmark").enable("strikethrough").disable("emphasis");
  markdown.normalizeLink = (address) => address;
  markdown.validateLink = () => true;
  markdown.core.ruler.after("block", "task_boxes", takeBoxes);
  rememberPlaces(markdown);
  return markdown;
}

const READER = buildReader();

/** The tokens of a Markdown text. Never rendered, so links need no safety check here. */
export function parseMarkdown(text: string): Token[] {
  return READER.parse(text.replace(/^\uFEFF/, ""), {});
}
