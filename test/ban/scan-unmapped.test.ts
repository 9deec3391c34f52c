import { describe, expect, it } from "vitest";
import { banned, chains, judged } from "./scan-ban.ts";

const BAD = 'import "chrome-devtools-mcp";\n';
const manifest = (more: object) => JSON.stringify({ name: "@x/helper", ...more });
const workspace = (helper: object, specifier = "@x/helper") => ({
  "package.json": JSON.stringify({ workspaces: ["packages/*", "tooling/*"] }),
  "packages/cli/package.json": JSON.stringify({ name: "@x/cli", dependencies: { "@x/helper": "*" } }),
  "packages/cli/src/zz.ts": `import "${specifier}";\n`,
  "tooling/helper/package.json": manifest(helper),
});
const built = workspace({ main: "./build/main.cjs" });

describe("a workspace package whose entry is not in the tree", () => {
  it("leads to every file of the package", async () => {
    expect(await chains({ ...built, "tooling/helper/lib/entry.ts": BAD })).toContain(
      "ban/transitive packages/cli/src/zz.ts:1 → tooling/helper/lib/entry.ts:1 → chrome-devtools-mcp",
    );
  });

  it("leads on from each of them", async () => {
    const files = { "tooling/helper/lib/entry.ts": 'import "./deep";\n', "tooling/helper/lib/deep.ts": BAD };
    expect(await banned({ ...built, ...files })).toEqual(["ban/transitive packages/cli/src/zz.ts"]);
  });

  it("is said to be taken for all of them", async () => {
    const found = await judged({ ...built, "tooling/helper/lib/entry.ts": BAD });
    expect(found).toContainEqual(
      expect.objectContaining({
        rule: "ban/unresolved",
        file: "packages/cli/src/zz.ts",
        message: expect.stringContaining("every file of the package"),
      }),
    );
  });

  it.each([
    ["by exports", { exports: { ".": "./build/main.mjs" } }, "@x/helper"],
    ["by a subpath of exports", { exports: { "./run": "./build/run.mjs" } }, "@x/helper/run"],
    ["by a subpath", {}, "@x/helper/build/run"],
    ["beside its declarations", { main: "./build/main.cjs", types: "./types.d.ts" }, "@x/helper"],
  ])("leads there %s", async (_, helper, specifier) => {
    const files = { "tooling/helper/lib/entry.ts": BAD, "tooling/helper/types.d.ts": "export {};\n" };
    expect(await banned({ ...workspace(helper, specifier), ...files })).toEqual([
      "ban/transitive packages/cli/src/zz.ts",
    ]);
  });

  it("leads neither to its tests nor to a package inside it", async () => {
    const files = {
      "tooling/helper/test/entry.ts": BAD,
      "tooling/helper/a.spec.ts": BAD,
      "tooling/helper/inner/package.json": "{}",
      "tooling/helper/inner/a.ts": BAD,
    };
    expect(await banned({ ...built, ...files })).toEqual([]);
  });

  it.each([
    ["a pattern of exports", { exports: { "./*": "./build/*.js" } }, "@x/helper/run"],
    ["a pattern of a key", { exports: { "./run/*": "./build/*/a.js" } }, "@x/helper/run/b"],
    ["its folder", { main: "./build/main.cjs" }, "../../../tooling/helper"],
    ["its folder with a slash", { main: "./build/main.cjs" }, "../../../tooling/helper/"],
    [
      "its folder that has exports",
      { exports: { "./x": "./y.js", ".": "./build/z.js" } },
      "../../../tooling/helper",
    ],
    ["a file of its build", {}, "../../../tooling/helper/build/run"],
    ["a file of its build with an ending", {}, "../../../tooling/helper/dist-cjs/a/run.cjs"],
    ["the build itself", {}, "../../../tooling/helper/dist"],
  ])("leads there by %s", async (_, helper, specifier) => {
    const files = { "tooling/helper/lib/entry.ts": BAD };
    expect(await banned({ ...workspace(helper, specifier), ...files })).toEqual([
      "ban/transitive packages/cli/src/zz.ts",
    ]);
  });

  it("leads there by a path of TypeScript's settings to its folder", async () => {
    const files = {
      ...workspace({ main: "./build/main.cjs" }, "helper"),
      "tsconfig.json": JSON.stringify({ compilerOptions: { paths: { helper: ["./tooling/helper"] } } }),
      "tooling/helper/lib/entry.ts": BAD,
    };
    expect(await banned(files)).toEqual(["ban/transitive packages/cli/src/zz.ts"]);
  });

  it.each([
    ["a missing file", {}, "../../../tooling/helper/lib/gone"],
    ["a folder without an entry", {}, "../../../tooling/helper"],
    ["a build that is in the tree", { main: "./out/a.js" }, "../../../tooling/helper/out/gone"],
    ["a style of its build", {}, "../../../tooling/helper/build/a.css"],
    ["a closed key", { exports: { "./*": "./build/*.js", "./run": null } }, "@x/helper/run"],
  ])("leads nowhere by %s", async (_, helper, specifier) => {
    const files = { "tooling/helper/lib/entry.ts": BAD, "tooling/helper/out/a.js": "" };
    expect(await banned({ ...workspace(helper, specifier), ...files })).toEqual([]);
  });

  it("leads to its entry alone when that is found", async () => {
    const files = { "tooling/helper/src/main.ts": "", "tooling/helper/lib/entry.ts": BAD };
    expect(await banned({ ...built, ...files })).toEqual([]);
  });

  it("leads nowhere when what is asked for is no code", async () => {
    const files = workspace({}, "@x/helper/theme.css");
    expect(await banned({ ...files, "tooling/helper/lib/entry.ts": BAD })).toEqual([]);
  });
});

describe("an alias that no settings explain", () => {
  it.each([
    ["@/dev/bad", "src/dev/bad.ts"],
    ["~/dev/bad", "app/dev/bad.ts"],
    ["~~/tools/bad", "tools/bad.ts"],
    ["$lib/bad", "src/lib/bad.ts"],
    ["$lib", "src/lib/index.ts"],
  ])("%s leads by custom to %s", async (specifier, file) => {
    const production = { production: ["web/**"] };
    expect(await banned({ "web/a.ts": `import "${specifier}";\n`, [file]: BAD }, production)).toEqual([
      "ban/transitive web/a.ts",
    ]);
  });

  it("is reported where it may lead to a banned package, and not elsewhere", async () => {
    const files = {
      "app/a.ts": 'import "@/x/bad";\n',
      "app/b.ts": 'import "@/x/good";\n',
      "tools/bad.ts": BAD,
    };
    expect((await judged(files)).map(({ rule, file }) => `${rule} ${file}`)).toEqual([
      "ban/unresolved app/a.ts",
    ]);
  });
});
