import type { Suspect } from "./find-mentions.ts";
import { isCode, isData, runsAs } from "./is-code.ts";

/** What can begin no program: a title, markup, front matter, a list, a quotation. */
const NO_PROGRAM = /^\s*(?:#(?!!)|<|---|[>*|=%)\],.&?:])/;
/** A program that names a module, or starts one, holds one of these. */
const LOADS = /\b(?:require|import|export|spawn|exec|fork|execa|Worker|command)/;
/** A file that only `require` runs holds one of these. */
const LOADS_ITSELF = /\brequire\b|\bimport\s*\(|\b(?:spawn|exec|fork)\w*\s*\(/;

/**
 * May a file whose name is none of code hold a program that a runtime runs once somebody loads it? Tells without
 * parsing; of text that only mentions a name, the parser finds no statement.
 */
export function mayRun(path: string, text: string): boolean {
  if (isCode(path, text) || !runsAs(path, "require") || NO_PROGRAM.test(text) || text.includes("\0"))
    return false;
  return (isData(path) ? LOADS_ITSELF : LOADS).test(text);
}

/** May this file, whose name is none of code, be code all the same? */
export function mayBeLoaded(mention: Suspect): boolean {
  if ("text" in mention) return mayRun(mention.path, mention.text);
  return !isCode(mention.path, "") && !isData(mention.path);
}
