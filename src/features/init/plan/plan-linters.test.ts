import { describe, expect, it } from "vitest";
import { findLinters, planPrettier } from "./plan-linters.ts";

describe("planPrettier", () => {
  it("keeps Prettier out of the tool where it is in use", () => {
    expect(planPrettier(["package.json"], { devDependencies: {} }, null)).toBeNull();
    expect(planPrettier([], { devDependencies: { prettier: "3.0.0" } }, null)?.block).toContain(
      ".growth-engine/",
    );
    expect(planPrettier([".prettierrc"], null, "dist\n/.growth-engine/\n")?.block).toBe("growth-engine.json");
    expect(planPrettier([".prettierrc"], null, ".growth-engine/\ngrowth-engine.json\n")?.block).toBeNull();
  });
});

describe("findLinters", () => {
  it("tells the line for each linter whose config is code", () => {
    const found = findLinters(["eslint.config.mjs", "biome.json", "eslint.config.md"]);
    expect(found.map(({ config }) => config)).toEqual(["eslint.config.mjs", "biome.json"]);
  });
});
