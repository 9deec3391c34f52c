import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { isShown } from "../../tools/guides/compare-output.ts";
import { playGuide } from "../../tools/guides/play-guide.ts";
import { isPlayable, readGuide } from "../../tools/guides/read-guide.ts";
import { cliFile } from "../harness/cli-file.ts";
import { temporaryFolder } from "../harness/temporary-repository.ts";

const PROJECT = join(import.meta.dirname, "../..");
const GUIDES = join(PROJECT, "docs/guides");
const guides = readdirSync(GUIDES)
  .map((name) => ({ name, blocks: readGuide(readFileSync(join(GUIDES, name), "utf8")) }))
  .filter(({ blocks }) => isPlayable(blocks));
const program = { node: process.env.GROWTH_ENGINE_TEST_NODE ?? process.execPath, cli: cliFile() };

describe("every guide that makes its own repository", () => {
  it.each(guides)("$name shows what its commands print", ({ blocks }) => {
    const came = playGuide(blocks, temporaryFolder(), program);
    const steps = blocks.flatMap((block) => block.steps);
    for (const [at, { command, shown }] of came.flatMap((block) => block.steps).entries()) {
      const expected = steps[at]?.shown ?? [];
      if (!isShown(expected, shown))
        expect({ command, shown }, "npm run guides").toEqual({ command, shown: expected });
    }
  });

  it("is compared line by line, but for what changes from run to run", () => {
    expect(isShown(["a 1a2b3c4", "…", "z"], ["a 9f8e7d6", "b", "c", "z"])).toBe(true);
    expect(isShown(["a", "…"], ["a", "b"])).toBe(true);
    expect(isShown(["a"], ["a", "b"])).toBe(false);
    expect(isShown(["a", "…", "z"], ["a", "b"])).toBe(false);
    expect(isShown([], ["a"])).toBe(false);
  });
});
