/** A piece of a file that is code, at its offset in the file. */
export interface ScriptBlock {
  code: string;
  start: number;
  typescript: boolean;
}

/** What a file that embeds scripts holds. */
export interface Scripts {
  blocks: ScriptBlock[];
  /** `<script src="…">` and imports in markup expressions, by offset. */
  sources: { specifier: string; start: number; form: "script" | "dynamic import" }[];
}

const SCRIPT = /<script(?=[\s>/])/gi;
/** A tag longer than this is no tag; the bound keeps hostile markup cheap. */
const MAX_TAG = 2_048;
const CLOSE = /<\/script\s*>/gi;
const SOURCE = /(?:^|\s)src\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+))/i;
const TYPE = /(?:^|\s)type\s*=\s*["']?([^"'\s>]*)/i;
const LANGUAGE = /(?:^|\s)lang\s*=\s*["']?(ts|tsx|typescript)\b/i;
const CODE_TYPE =
  /^(?:|module|text\/(?:javascript|typescript|babel|partytown)|application\/(?:java|ecma)script)$/i;
const MARKUP_IMPORT = /\b(?:import|require)\s*\(\s*(["'`])([^"'`\n]+)\1/g;
const FRONT_MATTER = /^\s*---[ \t]*\r?\n([\s\S]*?)\r?\n---[ \t]*(?:\r?\n|$)/;

/** Puts blanks in place of what must not be read, so that every offset stays. */
function blank(text: string): string {
  return text.replace(/[^\n]/g, " ");
}

function blankComments(text: string): string {
  let kept = "";
  let at = 0;
  for (let open = text.indexOf("<!--"); open >= 0; open = text.indexOf("<!--", at)) {
    const close = text.indexOf("-->", open + 4);
    if (close < 0) break;
    kept += text.slice(at, open) + blank(text.slice(open, close + 3));
    at = close + 3;
  }
  return kept + text.slice(at);
}

/** Where the tag that begins before `from` ends; a `>` in quotes does not end it. */
function endOfTag(text: string, from: number): number | null {
  let quote = "";
  for (let at = from; at < text.length && at < from + MAX_TAG; at += 1) {
    const character = text.charAt(at);
    if (quote !== "") quote = character === quote ? "" : quote;
    else if (character === '"' || character === "'") quote = character;
    else if (character === ">") return at;
  }
  return null;
}

/** Comments that hold a script of their own are no code; those inside a script are left to the parser. */
function readScripts(text: string, scripts: Scripts, typescript: boolean): string {
  let markup = "";
  let at = 0;
  SCRIPT.lastIndex = 0;
  for (let open = SCRIPT.exec(text); open; open = SCRIPT.exec(text)) {
    const from = open.index + open[0].length;
    const close = endOfTag(text, from);
    if (close === null) continue;
    const attributes = text.slice(from, close);
    const start = close + 1;
    const [, double, single, bare] = SOURCE.exec(attributes) ?? [];
    const source = double ?? single ?? bare;
    if (source !== undefined) scripts.sources.push({ specifier: source, start: open.index, form: "script" });
    CLOSE.lastIndex = start;
    const end = attributes.endsWith("/") ? start : (CLOSE.exec(text)?.index ?? text.length);
    if (CODE_TYPE.test(TYPE.exec(attributes)?.[1] ?? "")) {
      scripts.blocks.push({
        code: text.slice(start, end),
        start,
        typescript: typescript || LANGUAGE.test(attributes),
      });
    }
    markup += text.slice(at, start) + blank(text.slice(start, end));
    at = end;
    SCRIPT.lastIndex = end;
  }
  return markup + text.slice(at);
}

/** Answers whether a place of markup lies in a tag, or in braces: what else it says is text. Asked in order. */
function expressionsOf(markup: string): (at: number) => boolean {
  let seen = 0;
  let depth = 0;
  let isTag = false;
  return (at) => {
    for (; seen < at; seen += 1) {
      const character = markup.charAt(seen);
      if (isTag && (character === '"' || character === "'")) {
        // What stands in quotes neither ends the tag nor opens braces.
        const end = markup.indexOf(character, seen + 1);
        if (end >= at) return true;
        seen = end < 0 ? seen : end;
      } else if (character === "{") depth += 1;
      else if (character === "}") depth = Math.max(0, depth - 1);
      else if (character === "<") isTag = /[a-zA-Z/]/.test(markup.charAt(seen + 1));
      else if (character === ">") isTag = false;
    }
    return isTag || depth > 0;
  };
}

function readMarkup(markup: string, scripts: Scripts): void {
  const isExpression = expressionsOf(markup);
  for (const match of markup.matchAll(MARKUP_IMPORT)) {
    if (!isExpression(match.index)) continue;
    scripts.sources.push({ specifier: match[2] ?? "", start: match.index, form: "dynamic import" });
  }
}

const FENCE = /^[ \t]*(`{3,}|~{3,})/;

/** Puts blanks in place of code that a page shows between fences. */
function blankFences(text: string): string {
  let fence: string | null = null;
  const lines = text.split("\n").map((line) => {
    const [, mark] = FENCE.exec(line) ?? [];
    const isInside = fence !== null;
    if (fence === null) fence = mark ?? null;
    else if (mark?.startsWith(fence)) fence = null;
    return isInside || fence !== null ? blank(line) : line;
  });
  // A fence that is never closed reaches to the end of the page.
  return lines.join("\n");
}

/** MDX: paragraphs that begin with `import` or `export`, outside of code that is shown. */
function readMdx(page: string): Scripts {
  const text = blankFences(page);
  const blocks: ScriptBlock[] = [];
  for (const match of text.matchAll(
    /(?:^|\n[ \t]*\r?\n)((?:import|export)\b[\s\S]*?)(?=\r?\n[ \t]*\r?\n|$)/g,
  )) {
    const code = match[1] ?? "";
    blocks.push({ code, start: match.index + match[0].length - code.length, typescript: true });
  }
  const scripts: Scripts = { blocks, sources: [] };
  const isCode = (at: number) => blocks.some(({ start, code }) => at >= start && at < start + code.length);
  readMarkup(text.replace(/`[^`\n]*`/g, blank), scripts);
  scripts.sources = scripts.sources.filter(({ start }) => !isCode(start));
  return scripts;
}

/** The scripts of a Vue, Svelte, Astro, MDX or HTML file. */
export function readScriptBlocks(path: string, text: string): Scripts {
  if (path.endsWith(".mdx")) return readMdx(text);
  const scripts: Scripts = { blocks: [], sources: [] };
  let rest = text;
  const astro = path.endsWith(".astro");
  const front = astro ? FRONT_MATTER.exec(text) : null;
  if (front) {
    const code = front[1] ?? "";
    scripts.blocks.push({ code, start: front[0].indexOf("\n") + 1, typescript: true });
    rest = blank(front[0]) + text.slice(front[0].length);
  }
  readMarkup(readScripts(blankComments(rest), scripts, astro), scripts);
  return scripts;
}
