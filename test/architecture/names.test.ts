import { existsSync, readdirSync, readFileSync } from "node:fs";
import { basename, join } from "node:path";
import { describe, expect, it } from "vitest";

const PROJECT = join(import.meta.dirname, "../..");
/** Names that say what kind of thing a file is not about: such a folder grows without end. */
const FORBIDDEN = /^(utils?|helpers?|common|shared|misc|libs?|managers?|services?)$/;
/** Files that are named by the part they play in a feature; every feature has the same parts. */
const ROLES = [
  "index",
  "main",
  "commands",
  "contract",
  "rules",
  "errors",
  "store",
  "routes",
  "tools",
  "jobs",
  "verbs",
  "migrations",
];

function filesBelow(folder: string): string[] {
  return readdirSync(join(PROJECT, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) =>
      join(entry.parentPath, entry.name)
        .slice(PROJECT.length + 1)
        .replaceAll("\\", "/"),
    )
    .filter((path) => !path.includes("node_modules/") && !path.includes("/."));
}

/** Every word of every folder and file name, as `src/read-blobs.test.ts` → src, read, blobs, test, ts. */
function wordsOf(path: string): string[] {
  return path.toLowerCase().split(/[^a-z0-9]+/);
}

function isKebabCase(path: string): boolean {
  return path.split("/").every((name) => /^[a-z0-9]+(-[a-z0-9]+)*([.][a-z0-9]+)*$/.test(name));
}

function kebab(name: string): string {
  if (/^[A-Z0-9_]+$/.test(name)) return name.toLowerCase().replaceAll("_", "-");
  return name.replace(/([a-z0-9])([A-Z])/g, "$1-$2").toLowerCase();
}

/** Words without their endings, so that `sections` is the word of `judgeSection`. */
function stems(name: string): string[] {
  return name.split("-").map((word) => word.replace(/(ies|es|s|e|y)$/, ""));
}

/** Shares an export a word with the name of its file? `readProduction` is about `is-production`. */
function isAbout(exported: string, file: string): boolean {
  const said = stems(kebab(exported));
  return stems(file).some((word) => word.length > 2 && said.includes(word));
}

function exportsOf(source: string): string[] {
  const pattern = /^export (?:async )?(?:abstract )?(?:const|let|function\*?|class|interface|type) (\w+)/gm;
  return [...source.matchAll(pattern)].map(([, name]) => name ?? "");
}

const code = ["src", "test", "tools", "bench"].filter((folder) => existsSync(join(PROJECT, folder)));
const files = code.flatMap(filesBelow).filter((path) => /[.](m?ts|tsx|mjs)$/.test(path));
const sources = files.filter((path) => path.startsWith("src/") && !path.includes(".test."));
const read = (path: string) => readFileSync(join(PROJECT, path), "utf8");

describe("names", () => {
  it("say what a file is about, never utils, helpers or shared", () => {
    expect(files.filter((path) => wordsOf(path).some((word) => FORBIDDEN.test(word)))).toEqual([]);
    expect(wordsOf("src/platform/git-utils/read.ts").some((word) => FORBIDDEN.test(word))).toBe(true);
  });

  it("are kebab-case", () => {
    expect(files.filter((path) => !isKebabCase(path))).toEqual([]);
    expect(isKebabCase("src/readBlobs.ts")).toBe(false);
  });

  it("of files say what the files export", () => {
    const misnamed = sources.filter((path) => {
      const name = basename(path).replace(/[.]tsx?$/, "");
      return (
        !ROLES.includes(name) &&
        !name.endsWith("-store") &&
        !exportsOf(read(path)).some((exported) => isAbout(exported, name))
      );
    });
    expect(misnamed).toEqual([]);
    expect([isAbout("parseDuration", "duration"), isAbout("readBlobs", "misfit")]).toEqual([true, false]);
  });

  it("are given to every export", () => {
    expect(sources.filter((path) => /^export (default|\*)/m.test(read(path)))).toEqual([]);
  });
});

describe("every feature", () => {
  const features = readdirSync(join(PROJECT, "src/features"));

  it.each(features)("%s has a door and a page of at most 25 lines", (feature) => {
    expect(existsSync(join(PROJECT, "src/features", feature, "index.ts"))).toBe(true);
    const page = read(`src/features/${feature}/README.md`).trimEnd().split("\n");
    expect(page.length).toBeLessThanOrEqual(25);
    expect(page.join("\n")).toMatch(/does not/i);
  });
});
