import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { parseConfig } from "../../src/features/config/index.ts";
import { DEFAULT_TEMPLATE } from "../../src/features/guard/pull-request/default-template.ts";

const PROJECT = join(import.meta.dirname, "../..");
const read = (path: string) => readFileSync(join(PROJECT, path), "utf8");

describe("this repository keeps the rules it sells", () => {
  it("has a valid config whose production is what users install", () => {
    expect(parseConfig(read("growth-engine.json")).ban.production).toEqual(["src/**"]);
  });

  it("asks for the product's own sections in its pull request template", () => {
    expect(read(".github/PULL_REQUEST_TEMPLATE.md")).toContain(DEFAULT_TEMPLATE.trimEnd());
  });

  it("names every action of its workflows by commit, but for its own, which is built from the base", () => {
    const folder = join(PROJECT, ".github/workflows");
    const uses = readdirSync(folder).flatMap((file) => [
      ...readFileSync(join(folder, file), "utf8").matchAll(/^ *(?:- )?uses: (\S+)/gm),
    ]);
    expect(uses.length).toBeGreaterThan(2);
    for (const [, action] of uses)
      expect(action).toMatch(/^([\w-]+\/[\w-]+@[0-9a-f]{40}|\.\/dist\/portable)$/);
  });

  it("puts no text of a pull request into a shell", () => {
    const folder = join(PROJECT, ".github/workflows");
    for (const file of readdirSync(folder)) {
      const runs = readFileSync(join(folder, file), "utf8").matchAll(/run: (.*(?:\n {10,}.*)*)/g);
      for (const [, script] of runs) expect(script, file).not.toContain("${{");
    }
  });

  it("merges its records by union", () => {
    for (const kind of ["jsonl", "ndjson"])
      expect(read(".gitattributes")).toMatch(new RegExp(`^artifacts/\\S*[.]${kind} .*merge=union`, "m"));
  });
});
