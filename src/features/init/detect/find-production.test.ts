import { describe, expect, it } from "vitest";
import { findEntries } from "./find-entries.ts";
import { findProduction } from "./find-production.ts";
import { findWorkspaces, readWorkspaces } from "./find-workspaces.ts";

const alone = (paths: string[], entries: string[] = []) => findProduction(paths, [{ folder: "", entries }]);
const packages = (paths: string[], ...folders: string[]) =>
  findProduction(paths, [{ folder: "", entries: [] }, ...folders.map((folder) => ({ folder, entries: [] }))]);

describe("findProduction", () => {
  it.each([
    ["folders that hold code", ["app/a.tsx", "server/b/c.ts", "README.md"], ["{app,server}/**"]],
    [
      "no folder for those who work on it",
      ["src/a.ts", "scripts/b.ts", "e2e/c.ts", "unit-tests/d.js"],
      ["src/**"],
    ],
    ["no hidden folder", [".storybook/main.ts", ".growth-engine/cli.cjs", "lib/a.js"], ["lib/**"]],
    ["no folder of tests alone", ["src/a.ts", "checks/a.test.ts", "python/test_a.py"], ["src/**"]],
    ["no folder without code", ["src/a.ts", "locales/de.json", "styles/a.css"], ["src/**"]],
    ["Go files at the top", ["main.go", "main_test.go", "cmd/x/main.go"], ["*.go", "cmd/**"]],
    ["Python packages", ["shop/__init__.py", "setup.py", "tests/test_a.py"], ["shop/**"]],
    ["nothing in an empty repository", [], []],
  ])("takes %s", (_, paths, globs) => {
    expect(alone(paths)).toEqual(globs);
  });

  it("takes the files at the top that the manifest hands out, and no others", () => {
    const paths = ["index.js", "cli.mjs", "vite.config.ts", "lib/a.js"];
    expect(alone(paths, ["index.js", "dist/gone.js"])).toEqual(["index.js", "lib/**"]);
  });

  it("lets neighbours share a glob, which also holds for packages to come", () => {
    const paths = [
      "packages/a/src/x.ts",
      "packages/b/lib/x.ts",
      "packages/b/test/x.ts",
      "packages/loose/x.ts",
    ];
    expect(packages(paths, "packages/a", "packages/b")).toEqual(["packages/*/{lib,src}/**"]);
    expect(packages(["apps/web/src/x.ts"], "apps/web")).toEqual(["apps/web/src/**"]);
  });

  it("leaves packages out that are examples or tests", () => {
    const paths = ["examples/a/src/x.ts", "packages/a/src/x.ts", "packages/test-kit/src/x.ts"];
    expect(packages(paths, "examples/a", "packages/a", "packages/test-kit")).toEqual(["packages/*/src/**"]);
  });
});

describe("the workspaces of a manifest", () => {
  it.each([
    [{ workspaces: ["packages/*", "./apps/web/"] }, null, ["packages/*", "apps/web"]],
    [{ workspaces: { packages: ["a"] } }, null, ["a"]],
    [{ workspaces: "packages/*" }, null, []],
    [null, "# x\npackages:\n  - 'a/*' # why\n  - \"b\"\n  - c\n\ncatalog:\n  - d\n", ["a/*", "b", "c"]],
    [null, "packages: []\n", []],
    [null, "onlyBuiltDependencies:\n  - esbuild\n", []],
    [{ workspaces: [1, null] }, "packages:\n- '!x'\n- y\n", ["!x", "y"]],
  ])("of %j and %j are %j", (manifest, pnpm, globs) => {
    expect(readWorkspaces(manifest, pnpm)).toEqual(globs);
  });

  it("are the folders with a manifest that are meant and not taken out", () => {
    const paths = [
      "package.json",
      "a/x/package.json",
      "a/y/package.json",
      "a/x/deep/package.json",
      "a/z/index.ts",
    ];
    expect(findWorkspaces(paths, ["a/*", "!a/y"])).toEqual(["a/x"]);
    expect(findWorkspaces(paths, [])).toEqual([]);
  });
});

describe("findEntries", () => {
  it("reads main, bin and every condition of exports, and survives what is none of these", () => {
    const exports = { ".": { import: "./a.mjs", require: { default: "./a.cjs" } }, "./style": "./a.css" };
    const manifest = { main: "./main.js", bin: { x: "bin/x.js" }, exports };
    expect(findEntries(manifest)).toEqual(["main.js", "a.mjs", "a.cjs", "bin/x.js"]);
    for (const odd of [null, 1, "x", [], { main: 1, exports: [null] }]) expect(findEntries(odd)).toEqual([]);
  });
});
