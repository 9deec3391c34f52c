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

  it("leads to its entry alone when that is found", async () => {
    const files = { "tooling/helper/src/main.ts": "", "tooling/helper/lib/entry.ts": BAD };
    expect(await banned({ ...built, ...files })).toEqual([]);
  });

  it("leads nowhere when what is asked for is no code", async () => {
    const files = workspace({}, "@x/helper/theme.css");
    expect(await banned({ ...files, "tooling/helper/lib/entry.ts": BAD })).toEqual([]);
  });
});
