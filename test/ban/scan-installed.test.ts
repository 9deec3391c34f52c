import { symlinkSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { judgeBan } from "../../src/features/ban/index.ts";
import { temporaryRepository } from "../harness/temporary-repository.ts";
import { chains, factsOf } from "./scan-ban.ts";

const BAD = 'require("context7-mcp");\n';
const json = (value: unknown) => JSON.stringify(value, null, 2);

describe("a package that is committed below node_modules", () => {
  it.each([
    ["its main", "kit", { "kit/package.json": json({ main: "lib/a" }), "kit/lib/a.js": BAD }],
    ["its index", "kit", { "kit/index.js": BAD }],
    ["a file of its own", "kit", { "kit.js": BAD }],
    ["exports", "kit/x", { "kit/package.json": json({ exports: { "./x": "./y.mjs" } }), "kit/y.mjs": BAD }],
    [
      "a pattern of exports",
      "kit/x/one",
      { "kit/package.json": json({ exports: { "./x/*": "./y/*/a.js" } }), "kit/y/one/a.js": BAD },
    ],
    ["a subpath", "kit/lib/a", { "kit/package.json": "{}", "kit/lib/a.js": BAD }],
    [
      "a scope",
      "@acme/kit",
      { "@acme/kit/package.json": json({ name: "other" }), "@acme/kit/index.js": BAD },
    ],
    [
      "another package",
      "kit",
      {
        "kit/index.js": 'require("inner");\n',
        "inner/package.json": json({ main: "z.js" }),
        "inner/z.js": BAD,
      },
    ],
    [
      "a package inside it",
      "kit",
      { "kit/index.js": 'require("inner");\n', "kit/node_modules/inner/index.js": BAD, "inner/index.js": "" },
    ],
    [
      "its own imports",
      "kit",
      {
        "kit/package.json": json({ main: "a.js", imports: { "#b": "./b/c.js" } }),
        "kit/a.js": 'require("#b");\n',
        "kit/b/c.js": BAD,
      },
    ],
  ])("is followed by %s", async (_, specifier, installed) => {
    const files = Object.fromEntries(
      Object.entries(installed).map(([path, text]) => [`node_modules/${path}`, text]),
    );
    const found = await chains({ "app/deep/a.ts": `import "${specifier}";\n`, ...files });
    expect(found).toHaveLength(1);
    expect(found[0]).toMatch(/^ban\/transitive app\/deep\/a\.ts:1 → .* → context7-mcp$/);
  });

  it("is found in the nearest node_modules above, and only there", async () => {
    const files = {
      "apps/web/src/a.ts": 'import "kit";\n',
      "packages/x/src/b.ts": 'import "kit";\n',
      "apps/web/node_modules/kit/index.js": "",
      "node_modules/kit/index.js": BAD,
    };
    expect(await chains(files)).toEqual([
      "ban/transitive packages/x/src/b.ts:1 → node_modules/kit/index.js:1 → context7-mcp",
    ]);
  });

  it("is followed through a link", async () => {
    const made = temporaryRepository({
      "app/a.ts": 'import "kit";\n',
      "tools/helper/package.json": json({ name: "helper", exports: "./b/c.js" }),
      "tools/helper/b/c.js": BAD,
      "node_modules/.keep": "",
    });
    symlinkSync("../tools/helper", join(made.folder, "node_modules/kit"));
    made.commit("Add a link");
    expect(judgeBan(await factsOf(made))).toMatchObject([{ rule: "ban/transitive", file: "app/a.ts" }]);
  });

  it("is nothing where nobody imports it, or where the name means something else", async () => {
    const files = {
      "app/a.ts": 'import "./kit";\nimport "kit-other";\nimport type { T } from "kit";\n',
      "app/kit.ts": "",
      "node_modules/kit/index.js": BAD,
    };
    expect(await chains(files)).toEqual([]);
  });
});
