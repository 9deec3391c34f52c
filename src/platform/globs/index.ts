import picomatch from "picomatch";

/** Answers whether a path matches. */
export type PathMatcher = (path: string) => boolean;

/**
 * One matcher for many globs (picomatch syntax; `*` also matches names that begin with a dot).
 * No globs match nothing.
 */
export function matchPaths(globs: readonly string[]): PathMatcher {
  if (globs.length === 0) return () => false;
  // With the s flag a name with a newline in it is a name like any other.
  return picomatch([...globs], { dot: true, flags: "s" });
}
