import { describe, expect, it } from "vitest";
import { matchPaths } from "./index.ts";

describe("matchPaths", () => {
  it("matches paths from the top, below folders and by extension", () => {
    const matches = matchPaths(["src/**", "**/*.{test,spec}.*", "apps/*/{app,lib}/**"]);
    for (const path of ["src/a.ts", "src/a/b/c.ts", "x.test.ts", "a/b/x.spec.tsx", "apps/web/lib/a.ts"])
      expect(matches(path), path).toBe(true);
    for (const path of ["a/src/a.ts", "srcs/a.ts", "test.ts", "apps/web/test/a.ts", "apps/a/b/app/a.ts"])
      expect(matches(path), path).toBe(false);
  });

  it("matches names that begin with a dot, and folders of any name", () => {
    const matches = matchPaths(["app/**"]);
    for (const path of [
      "app/.hidden/a.ts",
      "app/$id/[slug].ts",
      "app/a b/ü.ts",
      "app/a\nb.ts",
      "app/(x)/y.ts",
    ])
      expect(matches(path), path).toBe(true);
  });

  it("minds the case", () => {
    expect(matchPaths(["SRC/**"])("src/a.ts")).toBe(false);
  });

  it("matches nothing without globs", () => {
    expect(matchPaths([])("a")).toBe(false);
  });

  it("answers soon for long paths", () => {
    const matches = matchPaths(["**/a*a*a*a*b/**", "**/*.{ts,tsx}", "**/{x,y}/**/{x,y}/**/z"]);
    // What took exponential time would run into the limit of a test.
    expect(matches("a".repeat(200))).toBe(false);
    expect(matches("x/".repeat(1_000))).toBe(false);
  });
});
