import { describe, expect, it } from "vitest";
import { checkNpmPin, installInScript, installInWorkflow } from "./npm-pin.ts";

const manifest = { devDependencies: { "growth-engine": "1.2.3" } };
const given = { manager: "npm", manifest, hasWorkspaces: false };
const SUM = '"integrity": "sha512-abc=="';

describe("checkNpmPin", () => {
  it.each([
    ["package-lock.json", `"node_modules/growth-engine": { "version": "1.2.3", ${SUM} }`, true],
    ["pnpm-lock.yaml", "growth-engine@1.2.3:\n    resolution: {integrity: sha512-abc==}", true],
    ["yarn.lock", '"growth-engine@npm:1.2.3":\n  version: 1.2.3\n  checksum: 10c0/abc', true],
    ["bun.lock", '"growth-engine": ["growth-engine@1.2.3", "", {}, "sha512-abc=="]', true],
    ["another version", `"node_modules/growth-engine": { "version": "1.2.2", ${SUM} }`, false],
    ["no sum", '"node_modules/growth-engine": { "version": "1.2.3" }', false],
    ["another package", `"node_modules/growth-engine-server": { "version": "1.2.3", ${SUM} }`, false],
    ["no lock file", null, false],
  ])("finds the version with its sum, or not: %s", (_, lock, isPinned) => {
    expect(checkNpmPin({ ...given, lock }, "1.2.3").add === null).toBe(isPinned);
  });

  it("takes no range for a pin", () => {
    const ranged = { devDependencies: { "growth-engine": "^1.2.3" } };
    const lock = `"node_modules/growth-engine": { "version": "1.2.3", ${SUM} }`;
    expect(checkNpmPin({ ...given, manifest: ranged, lock }, "1.2.3").add).toContain("--save-exact");
  });

  it("adds to the root of a workspace where there is one", () => {
    const pnpm = { ...given, manager: "pnpm", manifest: {}, lock: null };
    expect(checkNpmPin(pnpm, "1.2.3").add).not.toContain("--workspace-root");
    expect(checkNpmPin({ ...pnpm, hasWorkspaces: true }, "1.2.3").add).toContain("--workspace-root");
  });
});

describe("installing in CI", () => {
  it("comes before each use of the tool, at the same indent", () => {
    const workflow = "steps:\n      - uses: ./.growth-engine\n        with:\n          guard: mcp\n";
    expect(installInWorkflow(workflow, "npm ci --ignore-scripts")).toBe(
      "steps:\n      - run: npm ci --ignore-scripts\n      - uses: ./node_modules/growth-engine/dist/portable\n        with:\n          guard: mcp\n",
    );
  });

  it("takes the place of copying in the script", () => {
    const script = installInScript("a\n# @tool: how\ncopy\n# @end\nb\n", "npm ci");
    expect(script).toContain('(cd "$folder" && npm ci) >&2\n');
    expect(script).not.toMatch(/copy|@end/);
  });
});
