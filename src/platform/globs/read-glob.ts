/** One character of a segment: its UTF-16 code, {@link ANY} for `?`, {@link MANY} for `*`. */
export type Mark = number;
export const ANY = -1;
export const MANY = -2;

/** What one folder or file name must look like; null is `**`: any number of names, also none. */
export type Segment = readonly Mark[] | null;

/** A glob without braces. */
export interface GlobForm {
  /** As it would be written. */
  text: string;
  segments: readonly Segment[];
}

/** Why a text is no glob of a plain kind, as the end of a sentence that begins with it. */
export class UnreadableGlob extends Error {}

/** So many forms may the braces of one glob stand for. */
export const MAX_FORMS = 64;
const MAX_SEGMENTS = 64;
const MAX_LENGTH = 500;

/** Characters that picomatch reads as more than themselves; after a backslash they are themselves. */
const SPECIAL = "*?[](){}!+@|\\,";
const UNREAD = "[]()!|";
/** `+(…)` and `@(…)` are found by their bracket; alone these two mean nothing. */
const ESCAPABLE = new Set(SPECIAL);

function refuseEscape(next: string | undefined): never {
  throw new UnreadableGlob(
    next === undefined
      ? "ends with a backslash"
      : `has a backslash before "${next}": folders are parted by /, and \\ stands before one of ${SPECIAL}`,
  );
}

/** The texts that braces stand for, in their order. A brace that is escaped is none. */
function expandBraces(glob: string): string[] {
  const [open, parts, close] = firstBraces(glob);
  if (parts === null) return [glob];
  const forms: string[] = [];
  for (const part of parts)
    for (const rest of expandBraces(glob.slice(0, open) + part + glob.slice(close + 1))) {
      forms.push(rest);
      if (forms.length > MAX_FORMS) throw new UnreadableGlob(`stands for over ${MAX_FORMS} globs`);
    }
  return forms;
}

/** Where the first braces stand, and what is between their commas. */
function firstBraces(glob: string): [open: number, parts: string[] | null, close: number] {
  let [open, depth, from] = [-1, 0, 0];
  const parts: string[] = [];
  for (let at = 0; at < glob.length; at += 1) {
    const character = glob[at];
    if (character === "\\") at += 1;
    else if (character === "{") {
      if (depth === 0) [open, from] = [at, at + 1];
      depth += 1;
    } else if (character === "}" && depth === 0) throw new UnreadableGlob('closes a "{" that was not opened');
    else if (character === "}") depth -= 1;
    else if (character !== "," || depth !== 1) continue;
    if (depth === 0 && open >= 0 && character === "}")
      return [open, refuseOddBraces([...parts, glob.slice(from, at)]), at];
    if (character === ",") {
      parts.push(glob.slice(from, at));
      from = at + 1;
    }
  }
  if (depth > 0) throw new UnreadableGlob('has a "{" without its "}"');
  return [-1, null, -1];
}

function refuseOddBraces(parts: string[]): string[] {
  if (parts.length > 1) return parts;
  const why = /^.*\.\..*$/.test(parts[0] ?? "") ? "a range in braces" : "braces without a comma";
  throw new UnreadableGlob(`has ${why}: write {a,b}`);
}

function readMarks(segment: string): Mark[] {
  const marks: Mark[] = [];
  for (let at = 0; at < segment.length; at += 1) {
    const character = segment.charAt(at);
    if (character === "\\") {
      at += 1;
      const next = segment[at];
      if (next === undefined || !ESCAPABLE.has(next)) refuseEscape(next);
      marks.push(next.charCodeAt(0));
    } else if (UNREAD.includes(character))
      throw new UnreadableGlob(
        `has a "${character}": write *, ?, ** and {a,b}, or \\${character} for itself`,
      );
    else if (character === "*") {
      if (marks.at(-1) === MANY) throw new UnreadableGlob('has a "**" that is not alone between slashes');
      marks.push(MANY);
    } else marks.push(character === "?" ? ANY : character.charCodeAt(0));
  }
  return marks;
}

function readSegment(segment: string): Segment {
  if (segment === "**") return null;
  if (segment === "") throw new UnreadableGlob("has nothing between two slashes");
  if (segment === "." || segment === "..") throw new UnreadableGlob(`has the folder "${segment}" in it`);
  return readMarks(segment);
}

function refuseShape(text: string): void {
  if (text === "") throw new UnreadableGlob("is empty");
  if (text.length > MAX_LENGTH) throw new UnreadableGlob(`has over ${MAX_LENGTH} characters`);
  if (/\p{C}/u.test(text)) throw new UnreadableGlob("has characters that nobody sees");
  if (/^(\/|~|[A-Za-z]:)/.test(text))
    throw new UnreadableGlob("is absolute: paths begin at the top of the repository");
  if (text.endsWith("/")) throw new UnreadableGlob(`ends with a slash: ${text}** is all that lies below`);
}

function readForm(text: string): GlobForm {
  refuseShape(text);
  const segments = text.split("/").map(readSegment);
  if (segments.length > MAX_SEGMENTS) throw new UnreadableGlob(`has over ${MAX_SEGMENTS} folders`);
  return { text, segments };
}

/**
 * Reads a glob of `*`, `?`, `**` and `{a,b}`, with a backslash before what is meant as itself. What it cannot decide
 * everything about (classes, negations, extended globs, `..`, absolute paths) it refuses.
 * @throws UnreadableGlob
 */
export function readGlob(text: string): GlobForm[] {
  refuseShape(text);
  return [...new Set(expandBraces(text))].map(readForm);
}

/** Is something left open in it? */
const isOpen = (segment: Segment): boolean => segment === null || segment.some((mark) => mark < 0);

/** The folders at the beginning that are spelled out, each with its slash: `src/a/` of `src/a/*.ts`, and of `src/a`. */
export function literalFolders({ segments }: GlobForm): string {
  const open = segments.findIndex(isOpen);
  const literal = (open === -1 ? segments : segments.slice(0, open)) as Mark[][];
  return literal.map((segment) => `${String.fromCharCode(...segment)}/`).join("");
}

/** How every path that matches ends: `.ts` of `src/*.ts`; null where the last name can be any. */
export function literalEnd({ segments }: GlobForm): string | null {
  const last = segments.at(-1);
  if (!last) return null;
  return String.fromCharCode(...last.slice(last.findLastIndex((mark) => mark < 0) + 1));
}

/** A folder that is spelled out: the first folder of a path is 1. */
export interface SpelledFolder {
  step: number;
  name: string;
}

/**
 * What is spelled out behind the first open place of a glob, as long as it is known how deep it lies: `src` as the third
 * of `packages/*\/src/**`. The literal folders of a glob that has a path in common have the same name there, or none.
 */
export function laterFolders({ segments }: GlobForm): SpelledFolder[] {
  const open = segments.findIndex(isOpen);
  const many = segments.indexOf(null);
  if (open === -1) return [];
  return segments
    .slice(0, many === -1 ? segments.length : many)
    .flatMap((segment, at) =>
      at < open || isOpen(segment) ? [] : [{ step: at + 1, name: String.fromCharCode(...(segment ?? [])) }],
    );
}
