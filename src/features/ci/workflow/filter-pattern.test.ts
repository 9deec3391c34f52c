import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { passesFilter } from "./filter-pattern.ts";

describe("passesFilter", () => {
  // The examples of docs.github.com "Workflow syntax", "Filter pattern cheat sheet".
  it.each([
    ["feature/*", "feature/my-branch", true],
    ["feature/*", "feature/beta-a/my-branch", false],
    ["feature/**", "feature/beta-a/my-branch", true],
    ["*feature", "ver-10-feature", true],
    ["v[12].[0-9]+.[0-9]+", "v1.10.1", true],
    ["v[12].[0-9]+.[0-9]+", "v3.1.1", false],
    ["*.jsx?", "page.js", true],
    ["*.jsx?", "page.jsx", true],
    ["**.js", "src/js/app.js", true],
    ["*.js", "src/js/app.js", false],
    ["docs/**", "docs/a/b.md", true],
    ["**/docs/**", "docs/hello.md", true],
    ["**/docs/**", "dir/docs/my-file.txt", true],
    ["**/*-post.md", "my-post.md", true],
    ["src/a.b", "src/aXb", false],
  ])("reads %s of %s as GitHub does", (pattern, name, passes) => {
    expect(passesFilter(name, [pattern])).toBe(passes);
  });

  it("lets later patterns take away and give back", () => {
    const patterns = ["**", "!docs/**", "docs/kept.md"];
    expect(["a.ts", "docs/a.md", "docs/kept.md"].map((path) => passesFilter(path, patterns))).toEqual([
      true,
      false,
      true,
    ]);
  });

  it("answers for any pattern and any name", () => {
    const word = fc.string({
      unit: fc.constantFrom("a", "*", "?", "+", "[", "]", "-", "/", "!", "\\", ".", "(", "😀"),
      maxLength: 30,
    });
    fc.assert(fc.property(word, word, (pattern, name) => typeof passesFilter(name, [pattern]) === "boolean"));
  });

  it("is not slowed by repetition of repetition", () => {
    expect(passesFilter("a".repeat(5_000), [`${"a+".repeat(200)}b`])).toBe(false);
    expect(passesFilter("a".repeat(200), [`${"**/*".repeat(30)}b`])).toBe(false);
  });
});
