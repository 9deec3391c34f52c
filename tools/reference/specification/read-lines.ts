import MarkdownIt from "markdown-it";

/** One statement of the specification. */
export interface SpecificationLine {
  /** Headings and numbered items above it, outermost first. */
  path: string[];
  /** Its words without markup. */
  text: string;
  kind: "heading" | "item" | "checkbox" | "text" | "code";
}

type Token = ReturnType<MarkdownIt["parse"]>[number];

function plain(inline: string): string {
  return inline.replaceAll("**", "").trim();
}

/** Walks the tokens of the page with the headings and numbered items above at hand. */
class LineReader {
  readonly lines: SpecificationLine[] = [];
  private headings: string[] = [];
  /** For each open list: the text of its current item when the list is numbered. */
  private items: (string | null)[] = [];
  private ordered: boolean[] = [];

  read(tokens: readonly Token[]): void {
    for (const [index, token] of tokens.entries()) this.take(token, tokens[index - 1], tokens[index - 2]);
  }

  private take(token: Token, before: Token | undefined, beforeThat: Token | undefined): void {
    if (token.type === "ordered_list_open" || token.type === "bullet_list_open") {
      this.ordered.push(token.type === "ordered_list_open");
      this.items.push(null);
    } else if (token.type.endsWith("_list_close")) {
      this.ordered.pop();
      this.items.pop();
    } else if (token.type === "fence") this.add("code", token.content.trim());
    else if (token.type === "inline" && before?.type === "heading_open") this.heading(token, before);
    else if (token.type === "inline" && beforeThat?.type === "list_item_open") this.item(token.content);
    else if (token.type === "inline")
      for (const line of token.content.split("\n")) this.add("text", plain(line));
  }

  private heading(token: Token, open: Token): void {
    const depth = Number(open.tag.slice(1)) - 1;
    this.headings = this.headings.slice(0, depth);
    this.add("heading", token.content);
    this.headings[depth] = token.content;
  }

  private item(content: string): void {
    const checkbox = content.startsWith("[ ] ");
    const text = plain(checkbox ? content.slice(4) : content);
    if (this.ordered.at(-1)) this.items[this.items.length - 1] = null;
    this.add(checkbox ? "checkbox" : "item", text);
    if (this.ordered.at(-1)) this.items[this.items.length - 1] = text;
  }

  private add(kind: SpecificationLine["kind"], text: string): void {
    const above = this.items.filter((item) => item !== null);
    this.lines.push({ path: [...this.headings.slice(1), ...above], text, kind });
  }
}

/** Every heading, list item, checkbox, paragraph line and code block of the page, in order. */
export function readLines(markdown: string): SpecificationLine[] {
  const reader = new LineReader();
  reader.read(new MarkdownIt().parse(markdown, {}));
  return reader.lines;
}
