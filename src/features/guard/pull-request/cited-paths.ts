import { isPlaceholder } from "./is-placeholder.ts";
import type { Line, Piece } from "./split-lines.ts";

/** A word of a line, and what it cites. `paths` is null when it looks like no path at all. */
interface Word {
  raw: string;
  isPlain: boolean;
  paths: string[] | null;
}

/** Longer words are no paths that anybody wrote by hand. */
const MAX_LENGTH = 1_024;
const MAX_LABEL = 60;
const RECORD = /[^/\\.]\.(?:jsonl|ndjson)$/i;
const UNDER_ARTIFACTS = /^(?:\.{0,2}[/\\])*artifacts[/\\]./i;
/** `:12` or `#L3-L9` after a file name says where in it. */
const PLACE = /(?<=\.(?:jsonl|ndjson))(?:(?::\d+){1,2}|#L?\d+(?:-L?\d+)?)$/i;
const ADDRESS = /^https?:\/\/([^/]*)/i;
/** How forges mark the view of a file; what stands before `/artifacts/` after it is the revision. */
const BLOB_VIEW = /\/(?:blob|tree|raw|src|blame)\//;
const RAW_HOST = "raw.githubusercontent.com";
const ARTIFACTS = "/artifacts/";
const CONNECTORS = new Set(["and", "or", "&", "+"]);
const BEFORE = new Set("(\"'[“‘«");
const AFTER = new Set(")\"']”’»,;:!?");
const EMPHASIS = new Set("*_");

/** Percent-decoded; as it is when that is not possible. */
function decode(address: string): string {
  try {
    return decodeURIComponent(address);
  } catch (error) {
    if (error instanceof URIError) return address;
    throw error;
  }
}

/** The path that a forge's view of a file shows; any other address stays. Sliced, since `URL` would resolve `..`. */
function reduceAddress(word: string): string {
  const host = ADDRESS.exec(word);
  if (!host) return word;
  const address = word.split(/[?#]/, 1)[0] ?? word;
  const view = BLOB_VIEW.exec(address)?.index ?? (host[1]?.toLowerCase() === RAW_HOST ? host[0].length : -1);
  const start = view === -1 ? -1 : address.indexOf(ARTIFACTS, view);
  return start === -1 ? address : decode(address.slice(start + 1));
}

/** The path that a word is, without looking at placeholders; null when it is none. */
function pathOf(word: string): string | null {
  if (word.length > MAX_LENGTH) return null;
  const path = reduceAddress(word).replace(PLACE, "");
  return UNDER_ARTIFACTS.test(path) || (RECORD.test(path) && !/\s/.test(path)) ? path : null;
}

/** What a word cites; an empty list for a path with a placeholder in it, null for no path. */
function citationsOf(word: string): string[] | null {
  const path = pathOf(word);
  if (path === null) return null;
  return isPlaceholder(path) ? [] : [path];
}

/** A full stop ends a sentence only after a word: `..` and `/.` are parts of paths. */
function endsSentence(word: string, end: number): boolean {
  return word[end - 1] === "." && end > 1 && !/[./\\]/.test(word[end - 2] ?? "");
}

/** A word without the punctuation and the paired emphasis around it. By hand: patterns take long on long runs. */
function bareWord(word: string): string {
  let start = 0;
  let end = word.length;
  for (let before = -1; before !== end - start; ) {
    before = end - start;
    while (start < end && BEFORE.has(word.charAt(start))) start += 1;
    while (end > start && (AFTER.has(word.charAt(end - 1)) || endsSentence(word, end))) end -= 1;
    while (end - start > 1 && EMPHASIS.has(word.charAt(start)) && word.at(start) === word.at(end - 1)) {
      start += 1;
      end -= 1;
    }
  }
  return word.slice(start, end);
}

/** A link cites where it leads, and also what it shows when that is another path: each must hold. */
function linkCitations(shown: string, href: string): string[] | null {
  const target = citationsOf(ADDRESS.test(href) ? href : decode(href));
  const label = /\s/.test(shown) ? null : citationsOf(shown);
  if (target === null || label === null) return target ?? label;
  return [...target, ...label.filter((path) => !target.some((whole) => whole.endsWith(path)))];
}

function plainWord(raw: string): Word {
  return { raw, isPlain: true, paths: citationsOf(bareWord(raw)) };
}

function wordsOf({ kind, text, href }: Piece): Word[] {
  const raw = text.trim();
  if (kind === "link") return [{ raw, isPlain: false, paths: linkCitations(raw, href ?? "") }];
  if (kind === "code") return [{ raw, isPlain: false, paths: citationsOf(raw) }];
  const words = raw.split(/\s+/).filter((word) => /[\p{L}\p{N}\uFFFC*/.]/u.test(word));
  return words.map(plainWord);
}

/** Without a remark in brackets at the end: `artifacts/….jsonl (3 entries)`. */
function withoutRemark(words: Word[]): Word[] {
  const last = words.at(-1);
  if (!last?.isPlain || !last.raw.endsWith(")")) return words;
  const open = words.findLastIndex(({ raw, isPlain }) => isPlain && raw.startsWith("("));
  return open > 0 ? words.slice(0, open) : words;
}

/** Without a label in front: `Evidence file: artifacts/….jsonl`. */
function withoutLabel(words: Word[]): Word[] {
  const first = words.findIndex(({ paths }) => paths !== null);
  if (first < 1) return words;
  const label = words.slice(0, first).map(({ raw }) => raw);
  const text = label.join(" ").slice(0, MAX_LABEL + 1);
  const isLabel = text.length <= MAX_LABEL && /^[\p{L}\p{N}\s*_/&-]+:[*_]*$/u.test(text);
  return isLabel ? words.slice(first) : words;
}

/** The paths of a line that holds nothing else; null when it holds something else, or no path. */
export function pathsOfOwnLine(line: Line): string[] | null {
  const words = withoutLabel(withoutRemark(line.pieces.flatMap(wordsOf)));
  const rest = words.filter(({ raw }) => !CONNECTORS.has(raw.toLowerCase()));
  const paths = rest.map((word) => word.paths);
  if (paths.length === 0 || paths.some((found) => found === null)) return null;
  return paths.flatMap((found) => found ?? []);
}

/** Whether a path, cited as inline code, is read back as it is. */
export function isCitable(path: string): boolean {
  if (/[`\p{Cc}\u2028\u2029]/u.test(path) || path !== path.trim()) return false;
  return citationsOf(path)?.[0] === path;
}

/** A chosen option that is nothing but an absolute or climbing path was meant as a citation, if a wrong one. */
const ELSEWHERE = /^(?:[/~]|\.{1,2}[/\\]|[A-Za-z]:[/\\])[^\s/\\]/;

function pathElsewhere(line: Line): string | null {
  const [word, ...others] = line.pieces.flatMap(wordsOf);
  if (word === undefined || others.length > 0 || word.raw.length > MAX_LENGTH) return null;
  return ELSEWHERE.test(word.raw) && !isPlaceholder(word.raw) ? word.raw : null;
}

/** The paths that a claimed line cites, in a sentence too. A bare file name in a sentence is only a mention. */
export function citedPaths(line: Line): string[] {
  const own = pathsOfOwnLine(line);
  if (own !== null) return own;
  const elsewhere = pathElsewhere(line);
  if (elsewhere !== null) return [elsewhere];
  const paths = line.pieces.flatMap(wordsOf).flatMap((word) => word.paths ?? []);
  return paths.filter((path) => /[/\\]/.test(path));
}
