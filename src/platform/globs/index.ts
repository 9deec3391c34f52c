import picomatch from "picomatch";
import { simpleGlob } from "./simple-glob.ts";

/** Answers whether a path matches. */
export type PathMatcher = (path: string) => boolean;

/**
 * One matcher for many globs (picomatch syntax; `*` also matches names that begin with a dot).
 * No globs match nothing.
 */
export function matchPaths(globs: readonly string[]): PathMatcher {
  if (globs.length === 0) return () => false;
  const plain = new Set(globs);
  // One expression for all: asking picomatch glob by glob takes nine times as long. With the s flag a name with a
  // newline in it is a name like any other.
  const expression = new RegExp(
    globs.map((glob) => simpleGlob(glob) ?? picomatch.makeRe(glob, { dot: true }).source).join("|"),
    "s",
  );
  return (path) => path !== "" && (plain.has(path) || expression.test(path));
}
