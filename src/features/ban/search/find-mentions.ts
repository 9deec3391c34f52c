import type { Tree } from "../../../platform/git/index.ts";
import { decodeSource } from "./decode-source.ts";
import { mayJoin } from "./may-join.ts";
import { revealText } from "./reveal-text.ts";
import { isRuledOut } from "./rule-out.ts";
import { type Needle, spellingsOf } from "./spellings.ts";

/** Larger files are not loaded; one that is production and may name a banned package is reported. */
export const MAX_SOURCE_BYTES = 50 << 20;

/** A file that may hold a needle: its text, and the text in which no spelling hides a name. */
export type Suspect = { path: string; text: string; revealed: string } | { path: string; tooLarge: number };

interface Decoded {
  text: string;
  readonly revealed: string;
}

/** Of contents that are held for several trees: decoding them takes longer than reading them. */
const decoded = new WeakMap<Buffer, Decoded>();

/** What a text reveals is found out when somebody asks. */
function decode(content: Buffer): Decoded {
  const known = decoded.get(content);
  if (known !== undefined) return known;
  const text = decodeSource(content);
  let revealed: string | undefined;
  const fresh: Decoded = {
    text,
    get revealed() {
      revealed ??= revealText(text);
      return revealed;
    },
  };
  decoded.set(content, fresh);
  return fresh;
}

function suspectOf(path: string, content: Buffer): Suspect {
  const source = decode(content);
  return {
    path,
    text: source.text,
    get revealed() {
      return source.revealed;
    },
  };
}

/** Does a text hold this needle, or the pieces of it that constants can be joined from? */
function holds(source: { text: string; revealed: string }, { text, anyCase }: Needle): boolean {
  if (anyCase !== undefined) return source.revealed.toLowerCase().includes(text);
  return source.text.includes(text) || source.revealed.includes(text) || mayJoin(source.revealed, text);
}

/** May literals of the content hold one of these needles? */
export function mentionsAny(content: Buffer, needles: readonly Needle[]): boolean {
  if (isRuledOut(content, needles)) return false;
  const source = decode(content);
  return needles.some((needle) => holds(source, needle));
}

/** Reads files as suspects. @param isNone answers for which contents there is nothing to suspect */
export async function readFiles(
  tree: Tree,
  paths: readonly string[],
  isNone: (content: Buffer) => boolean = () => false,
): Promise<Suspect[]> {
  const suspects: Suspect[] = [];
  for await (const [path, found] of tree.read(paths, MAX_SOURCE_BYTES)) {
    if ("tooLarge" in found) suspects.push({ path, tooLarge: found.tooLarge });
    if (!("content" in found) || isNone(found.content)) continue;
    suspects.push(suspectOf(path, found.content));
  }
  return suspects;
}

function search(
  tree: Tree,
  expressions: readonly string[],
  pathspecs?: readonly string[],
): Promise<readonly string[]> {
  const regex = expressions.map((expression) => Buffer.from(expression, "latin1"));
  return tree.search(pathspecs ? { regex, pathspecs } : { regex });
}

/** Reads the files that one `git grep` for these expressions finds, in all of the tree or below some pathspecs. */
export async function readSuspects(
  tree: Tree,
  expressions: readonly string[],
  pathspecs?: readonly string[],
): Promise<Suspect[]> {
  return expressions.length === 0 ? [] : readFiles(tree, await search(tree, expressions, pathspecs));
}

/** The files of a tree in which a literal may hold one of the needles. */
export async function findMentions(tree: Tree, needles: readonly Needle[]): Promise<Suspect[]> {
  if (needles.length === 0) return [];
  // A glob without a literal part has an empty needle: every file is asked.
  const everywhere = needles.some(({ text }) => text === "");
  const paths = await search(tree, everywhere ? ["^"] : spellingsOf(needles));
  const suspects = await readFiles(tree, paths, (content) => isRuledOut(content, needles));
  return suspects.filter(
    (suspect) => "tooLarge" in suspect || needles.some((needle) => holds(suspect, needle)),
  );
}
