import { MIN_JOINED } from "./may-join.ts";

/** A text to look for in source code. */
export interface Needle {
  text: string;
  /** What must stand before and after the plain spelling, as POSIX extended expressions over bytes. */
  before?: string;
  after?: string;
  /** An expression that finds it in any case, instead of those for its disguises. */
  anyCase?: string;
}

/** `\x` of these characters is a control character, a number or the start of an escape, never the character itself. */
const NOT_IDENTITY = new Set("bfnrtvxu0123456789");
/** First byte of the two line separators of Unicode, which a line continuation may hold too. */
const SEPARATOR = "\u00e2";

/** Makes a text of bytes (latin1) stand for itself in a POSIX extended regular expression. */
function quote(bytes: string): string {
  return bytes.replace(/[.[(*+?^$|\\]/g, "\\$&").replaceAll("{", "[{]");
}

function toBytes(text: string): string {
  return Buffer.from(text, "utf8").toString("latin1");
}

/**
 * What may stand where `character` is escaped, or where a line continuation precedes it. Written as one set of
 * bytes, since each thread of git compiles the expression anew.
 */
function escapeOf(character: string): string {
  const byte = toBytes(character).charAt(0);
  if (NOT_IDENTITY.has(character)) return `\\\\([xu0-7\r${SEPARATOR}]|$)`;
  return `\\\\([xu0-7\r${SEPARATOR}]|$|${quote(byte)})`;
}

function eitherCase(hexadecimal: string): string {
  return hexadecimal.replace(/[a-f]/g, (digit) => `[${digit}${digit.toUpperCase()}]`);
}

/** What follows the backslash where the first character is escaped: nothing before it narrows the search. */
function firstEscape(character: string): string {
  const code = character.codePointAt(0) ?? 0;
  if (code > 0x7f) return "[xu]";
  const hexadecimal = eitherCase(code.toString(16).padStart(2, "0"));
  const identity = NOT_IDENTITY.has(character) ? "" : `|${quote(character)}`;
  return `x${hexadecimal}|u00${hexadecimal}|u[{]0*${hexadecimal}[}]|0?${code.toString(8)}${identity}`;
}

/** What a literal begins and ends with. */
export const QUOTE = "[\"'`]";
/** A literal ends here and another text is added to it. */
const JOINED = `(${QUOTE}[ \t\r]*([+/]|$)|[$][{])`;
/** Hardly any other text ends in more than the first word of a name: there the joint need not be seen. */
const ENDED = `(${QUOTE}|[$][{])`;

/** UTF-16 puts a zero byte between ASCII characters. */
function inUtf16(characters: readonly string[]): string[] {
  return characters.every((character) => character < "\x7f") && characters.length > 3
    ? [characters.map(quote).join("[^ -~]")]
    : [];
}

/**
 * Expressions that find each way to begin a spelling of a needle with its first character: as it is, with any of the
 * others escaped (`\x2d`, `\u{2d}`, `\055`, `\-`, a line continuation), cut in two literals that are joined, in UTF-16.
 * Where the first piece of a cut name is the short one, its second half is looked for as a plain text.
 */
function begunSpellings({ text, before = "", after = "", anyCase }: Needle): string[] {
  if (anyCase !== undefined) return [anyCase];
  const characters = [...text];
  const half = Math.ceil(characters.length / 2);
  const isLong = characters.length >= MIN_JOINED;
  let tail = `${quote(toBytes(characters.at(-1) ?? ""))}${after}`;
  for (let at = characters.length - 1; at > 0; at -= 1) {
    const end = /^[a-z]+$/i.test(characters.slice(0, at).join("")) ? JOINED : ENDED;
    const joined = isLong && at >= half ? `|${end}` : "";
    const previous = quote(toBytes(characters[at - 1] ?? ""));
    tail = `${previous}(${tail}|${escapeOf(characters[at] ?? "")}${joined})`;
  }
  const utf16 = after === "" ? inUtf16(characters) : [];
  const end = isLong ? [quote(toBytes(characters.slice(-half).join("")))] : [];
  return [before + tail, ...utf16, ...end];
}

/** Files that begin with the byte order mark of UTF-16 hide every text from a search over bytes. */
const UTF16_MARKS = "^(\u00ff\u00fe|\u00fe\u00ff)";

/**
 * Expressions over bytes (as latin1), of which one finds every way to spell one of the needles in source code. They
 * find more than that; {@link revealText} and the parser decide. Each begins with one certain byte where it can: the
 * search then jumps from one such byte to the next.
 */
export function spellingsOf(needles: readonly Needle[]): string[] {
  if (needles.length === 0) return [];
  const firsts = new Set(needles.filter(({ anyCase }) => !anyCase).map(({ text }) => [...text][0] ?? ""));
  const escapes = [...firsts].map(firstEscape).join("|");
  return [...new Set(needles.flatMap(begunSpellings)), `\\\\(${escapes})`, UTF16_MARKS];
}

/** The same for very many needles: without any disguise but `\x` and `\u`. */
export function plainSpellingsOf(needles: readonly Needle[]): string[] {
  const plain = needles.map(({ text, before = "", after = "" }) => before + quote(toBytes(text)) + after);
  return [...new Set(plain), "\\\\(x[0-9a-fA-F]|u[0-9a-fA-F{])", UTF16_MARKS];
}
