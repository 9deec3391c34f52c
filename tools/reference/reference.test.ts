import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { ERROR_CODES } from "../../src/platform/errors/index.ts";
import { referencePages } from "./reference-pages.ts";

const PROJECT = join(import.meta.dirname, "../..");
const pages = await referencePages();
const read = (path: string) =>
  existsSync(join(PROJECT, path)) ? readFileSync(join(PROJECT, path), "utf8") : null;

describe("the reference", () => {
  it.each(Object.entries(pages))("%s is what `npm run reference` writes", (path, text) => {
    expect(read(path) === text, `${path} is stale: npm run reference`).toBe(true);
  });

  it("holds no page that nothing writes", () => {
    const found = readdirSync(join(PROJECT, "docs/reference"), { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) =>
        join(entry.parentPath, entry.name)
          .slice(PROJECT.length + 1)
          .replaceAll("\\", "/"),
      );
    expect(
      found.filter((path) => pages[path] === undefined),
      "npm run reference",
    ).toEqual([]);
  });

  it("lists every error code that there is, and no other", () => {
    const listed = [...(pages["docs/reference/errors.md"] ?? "").matchAll(/^\| `([A-Z_]+)` /gm)].map(
      ([, code]) => code,
    );
    expect(listed).toEqual(Object.keys(ERROR_CODES));
  });
});
