import fc from "fast-check";
import picomatch from "picomatch";
import { describe, expect, it } from "vitest";
import { matchPaths } from "./index.ts";
import { simpleGlob } from "./simple-glob.ts";

const sourceOf = (glob: string) => picomatch.makeRe(glob, { dot: true }).source;

const names = fc.constantFrom(
  "a",
  "src",
  "a-b",
  ".a",
  "@a",
  "a.b",
  "__a__",
  "{a,b}",
  "{.a,b-c,d}",
  "0",
  "a.b.c",
);
const segments = fc.oneof(
  names,
  fc.constant("*"),
  names.map((name) => `*.${name}.*`),
);
const globs = fc
  .tuple(
    fc.constantFrom("", "**/"),
    fc.array(segments, { minLength: 1, maxLength: 5 }),
    fc.constantFrom("", "/**"),
  )
  .map(([before, inside, below]) => before + inside.join("/") + below);

describe("a simple glob", () => {
  it("becomes, to the letter, the expression that picomatch makes of it", () => {
    fc.assert(
      fc.property(globs, (glob) => {
        const source = simpleGlob(glob);
        if (source !== null) expect(source).toBe(sourceOf(glob));
      }),
      { numRuns: 5_000 },
    );
  });

  it("is one of names and stars in which nothing else has a meaning", () => {
    const text = fc.array(
      fc.constantFrom("a", "/", "*", "**", ".", "-", "{", ",", "}", "(", "!", "[", "@", "?", "\\"),
    );
    fc.assert(
      fc.property(text, (parts) => {
        const glob = parts.join("");
        const source = simpleGlob(glob);
        if (source !== null) expect(source).toBe(sourceOf(glob));
      }),
      { numRuns: 5_000 },
    );
  });

  it.each(["packages/*", "apps/*/src/**", "**/test/**", "a/b", "{a,b}/**", "**/*.{a,b}.*"])(
    "is %s",
    (glob) => {
      expect(simpleGlob(glob)).toBe(sourceOf(glob));
    },
  );

  it("matches the same paths without what only folders named by dots are asked", () => {
    const parts = fc.constantFrom(
      "a",
      "src",
      "a-b",
      ".a",
      "a.b",
      "x.a.b",
      ".a.b",
      "..",
      ".",
      "",
      "a.",
      "...",
      "__a__",
      "\n",
    );
    const paths = fc.array(parts, { minLength: 1, maxLength: 5 }).map((folders) => folders.join("/"));
    fc.assert(
      fc.property(globs, paths, (glob, path) => {
        expect(matchPaths([glob])(path)).toBe(
          path !== "" && (path === glob || new RegExp(sourceOf(glob), "s").test(path)),
        );
      }),
      { numRuns: 20_000 },
    );
  });
});
