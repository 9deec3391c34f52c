import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import MarkdownIt from "markdown-it";
import { describe, expect, it } from "vitest";

const PROJECT = join(import.meta.dirname, "../..");
const read = (path: string) => readFileSync(join(PROJECT, path), "utf8");

function pagesBelow(folder: string): string[] {
  if (!existsSync(join(PROJECT, folder))) return [];
  return readdirSync(join(PROJECT, folder), { recursive: true, encoding: "utf8" })
    .map((path) => join(folder, path).replaceAll("\\", "/"))
    .filter((path) => path.endsWith(".md") && !path.includes("node_modules/") && !path.includes(".work/"));
}

/** Where the links of a page lead inside the project. */
function targetsOf(page: string): string[] {
  const inline = new MarkdownIt().parse(read(page), {}).flatMap((token) => token.children ?? []);
  const targets = inline
    .filter(({ type }) => type === "link_open" || type === "image")
    .map((token) => decodeURI(token.attrGet("href") ?? token.attrGet("src") ?? "").replace(/#.*$/, ""))
    .filter((target) => target !== "" && !/^[a-z]+:/.test(target))
    .map((target) => join(dirname(page), target));
  return [...new Set(targets)];
}

const pages = [
  ...readdirSync(PROJECT).filter((name) => name.endsWith(".md")),
  ...["docs", "src", "test", "bench"].flatMap(pagesBelow),
];

describe("links", () => {
  it.each(pages)("of %s lead to files that exist", (page) => {
    expect(targetsOf(page).filter((target) => !existsSync(join(PROJECT, target)))).toEqual([]);
  });

  it("of ARCHITECTURE.md lead through every feature", () => {
    const targets = targetsOf("ARCHITECTURE.md");
    for (const feature of readdirSync(join(PROJECT, "src/features"))) {
      expect(
        targets.some((target) => target.startsWith(`src/features/${feature}/`)),
        feature,
      ).toBe(true);
    }
  });
});
