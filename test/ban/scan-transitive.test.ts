import { symlinkSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { judgeBan } from "../../src/features/ban/index.ts";
import { temporaryRepository } from "../harness/temporary-repository.ts";
import { banned, chains, factsOf, judged } from "./scan-ban.ts";

const BAD = 'export * from "context7-mcp";\n';
const json = (value: unknown) => JSON.stringify(value, null, 2);

describe("production reaches a file that imports a banned package", () => {
  it("through relative imports, shown as a chain of file:line", async () => {
    const files = {
      "app/routes/a.ts": '\nimport { b } from "../../scripts/b";\n',
      "scripts/b.ts": '\n\n\nexport { c as b } from "./deep/c.js";\n',
      "scripts/deep/c.ts": `\n${BAD}`,
    };
    expect(await judged(files)).toMatchObject([
      {
        rule: "ban/transitive",
        file: "app/routes/a.ts",
        line: 2,
        chain: ["app/routes/a.ts:2", "scripts/b.ts:4", "scripts/deep/c.ts:2", "context7-mcp"],
      },
    ]);
  });

  it("by the shortest chain, equal ones by path order", async () => {
    const files = {
      "app/long.ts": 'import "../scripts/one";\n',
      "app/z.ts": 'import "../scripts/two";\n',
      "app/y.ts": 'import "../scripts/two";\n',
      "scripts/one.ts": 'import "./two";\n',
      "scripts/two.ts": 'import "./bad";\n',
      "scripts/bad.ts": BAD,
    };
    expect(await chains(files)).toEqual([
      "ban/transitive app/y.ts:1 → scripts/two.ts:1 → scripts/bad.ts:1 → context7-mcp",
    ]);
  });

  it("once for each statement that names a banned package", async () => {
    const files = {
      "app/a.ts": 'import "../scripts/bad";\nimport "../scripts/worse";\n',
      "scripts/bad.ts": `${BAD}import "chrome-devtools-mcp";\n`,
      "scripts/worse.ts": BAD,
    };
    expect(await chains(files)).toEqual([
      "ban/transitive app/a.ts:1 → scripts/bad.ts:1 → context7-mcp",
      "ban/transitive app/a.ts:1 → scripts/bad.ts:2 → chrome-devtools-mcp",
      "ban/transitive app/a.ts:2 → scripts/worse.ts:1 → context7-mcp",
    ]);
  });

  it.each([
    ["require", 'require("../scripts/bad");'],
    ["require.resolve", 'require.resolve("../scripts/bad");'],
    ["a dynamic import", 'await import("../scripts/bad.js");'],
    ["a re-export", 'export * from "../scripts/bad";'],
    ["a side effect", 'import "../scripts/bad.ts";'],
    ["a worker's address", 'new Worker(new URL("../scripts/bad.ts", import.meta.url));'],
    ["a query", 'import x from "../scripts/bad?worker";'],
    ["an escape", String.raw`import "../scripts/b\x61d";`],
    ["an identity escape", String.raw`import "../scripts/\bad"; import "../scripts/b\ad";`],
    ["joined literals", 'require("../scripts/" + "bad");'],
  ])("through %s", async (_, code) => {
    expect(await banned({ "app/a.ts": `${code}\n`, "scripts/bad.ts": BAD })).toEqual([
      "ban/transitive app/a.ts",
    ]);
  });

  it("through index files, by the name of the folder, by dots and by name", async () => {
    const bad = { "scripts/index.ts": BAD };
    for (const specifier of ["../scripts", "../scripts/", "../scripts/index", "../scripts/index.js"]) {
      expect(await banned({ ...bad, "app/a.ts": `import "${specifier}";\n` })).toEqual([
        "ban/transitive app/a.ts",
      ]);
    }
    const files = { "app/a.ts": 'import "../scripts/x/b";\n', "scripts/x/b.ts": 'import "..";\n', ...bad };
    expect(await chains(files)).toEqual([
      "ban/transitive app/a.ts:1 → scripts/x/b.ts:1 → scripts/index.ts:1 → context7-mcp",
    ]);
    const same = { "app/a.ts": 'import "../scripts/b";\n', "scripts/b.ts": 'import ".";\n', ...bad };
    expect(await banned(same)).toEqual(["ban/transitive app/a.ts"]);
    const top = { "app/a.ts": 'import "..";\n', "index.ts": BAD };
    expect(await banned(top)).toEqual(["ban/transitive app/a.ts"]);
  });

  it("through tsconfig paths, inherited, with baseUrl and through references", async () => {
    const bad = { "tools/dev/bad.ts": BAD, "app/a.ts": 'import "~dev/bad";\n' };
    const paths = (target: string) => ({ paths: { "~dev/*": [target] } });
    expect(
      await banned({ ...bad, "tsconfig.json": json({ compilerOptions: paths("./tools/dev/*") }) }),
    ).toHaveLength(1);
    expect(
      await banned({
        ...bad,
        "tsconfig.json": json({ compilerOptions: { baseUrl: "tools", ...paths("dev/*") } }),
      }),
    ).toHaveLength(1);
    const inherited = {
      "tsconfig.json": '{ // comments are fine\n "extends": ["./config/base"], }',
      "config/base.json": json({ compilerOptions: paths("../tools/dev/*") }),
    };
    expect(await banned({ ...bad, ...inherited })).toHaveLength(1);
    const referenced = {
      "tsconfig.json": json({ files: [], references: [{ path: "./tsconfig.app.json" }] }),
      "tsconfig.app.json": json({ compilerOptions: paths("./tools/dev/*") }),
    };
    expect(await banned({ ...bad, ...referenced })).toHaveLength(1);
    expect(await banned(bad)).toEqual([]);
  });

  it("through an exact tsconfig path, and one that goes on after its star", async () => {
    const files = {
      "tsconfig.json": json({
        compilerOptions: { paths: { "dev-tools": ["./tools/x.ts"], "@m/*": ["./modules/*/public.ts"] } },
      }),
      "app/a.ts": 'import "dev-tools";\n',
      "app/b.ts": 'import "@m/one";\n',
      "tools/x.ts": BAD,
      "modules/one/public.ts": BAD,
    };
    expect(await banned(files)).toEqual(["ban/transitive app/a.ts", "ban/transitive app/b.ts"]);
  });

  it("through baseUrl alone", async () => {
    const files = {
      "tsconfig.json": json({ compilerOptions: { baseUrl: "." } }),
      "app/a.ts": 'import "tools/bad";\n',
      "tools/bad.ts": BAD,
    };
    expect(await banned(files)).toEqual(["ban/transitive app/a.ts"]);
  });

  it("through configDir in a configuration that is extended", async () => {
    const files = {
      "tsconfig.json": json({ extends: "./config/base.json" }),
      "config/base.json": '{ "compilerOptions": { "paths": { "#t/*": ["$' + '{configDir}/tools/*"] } } }',
      "app/a.ts": 'import "#t/bad";\n',
      "tools/bad.ts": BAD,
    };
    expect(await banned(files)).toEqual(["ban/transitive app/a.ts"]);
  });

  it("through package imports", async () => {
    const files = {
      "package.json": json({
        name: "x",
        imports: {
          "#bad": { default: "./tools/bad.js" },
          "#t/*": "./tools/*.js",
          "#m/*": "./mods/*/main.js",
        },
      }),
      "app/a.ts": 'import "#bad";\n',
      "app/b.ts": 'import "#t/other";\n',
      "app/c.ts": 'import "#m/one";\n',
      "tools/bad.ts": BAD,
      "tools/other.ts": BAD,
      "mods/one/main.ts": BAD,
    };
    expect(await banned(files)).toEqual([
      "ban/transitive app/a.ts",
      "ban/transitive app/b.ts",
      "ban/transitive app/c.ts",
    ]);
  });

  it("does not follow what closes, nor types, nor texts", async () => {
    const files = {
      "package.json": json({ name: "x", imports: { "#bad": null } }),
      "app/a.ts":
        'import "#bad";\nimport type { A } from "../tools/bad";\nimport text from "../tools/bad.ts?raw";\n',
      "app/b.d.ts": 'import { A } from "../tools/bad";\n',
      "tools/bad.ts": BAD,
    };
    expect(await banned(files)).toEqual([]);
  });

  it("does not follow a file that only shares a name", async () => {
    const files = { "app/a.ts": 'import "./bad";\nimport "bad";\n', "app/bad.ts": "", "scripts/bad.ts": BAD };
    expect(await banned(files)).toEqual([]);
  });
});

describe("workspaces", () => {
  const app = { "app/a.ts": 'import "@acme/tools";\n' };
  const root = { "package.json": json({ name: "root", workspaces: ["packages/*"] }) };
  const manifest = (more: object) => ({
    "packages/tools/package.json": json({ name: "@acme/tools", ...more }),
  });

  it.each([
    [
      "exports to unbuilt output",
      { exports: { ".": { types: "./dist/index.d.ts", import: "./dist/index.mjs" } } },
      "src/index.ts",
    ],
    [
      "exports in a list",
      { exports: { ".": [{ require: "./dist/cjs/index.cjs" }, "./dist/index.js"] } },
      "src/index.ts",
    ],
    ["exports as a text", { exports: "./lib/main.js" }, "src/main.ts"],
    ["main to unbuilt output", { main: "build/index.js" }, "src/index.tsx"],
    ["main without extension", { main: "./lib/start" }, "lib/start.js"],
    ["module", { module: "es/index.js" }, "src/index.ts"],
    ["only types", { types: "./src/entry.ts" }, "src/entry.ts"],
    ["nothing", {}, "index.js"],
    ["a bundle of another name", { main: "dist/tools.cjs.js" }, "src/index.ts"],
    [
      "a source condition",
      { exports: { ".": { "@acme/source": "./src/x.ts", default: "./dist/x.js" } } },
      "src/x.ts",
    ],
    ["a main folder", { main: "./lib" }, "lib/index.js"],
  ])("lead to their source: %s", async (_, more, source) => {
    const files = { ...root, ...app, ...manifest(more), [`packages/tools/${source}`]: BAD };
    const found = await chains(files, { production: ["app/**"] });
    expect(found).toEqual([`ban/transitive app/a.ts:1 → packages/tools/${source}:1 → context7-mcp`]);
  });

  it("lead through subpaths, patterns and inner files", async () => {
    const exports = {
      "./dev": "./dist/dev.js",
      "./x/*": "./dist/x/*.js",
      "./y/*": "./dist/y/*/entry.js",
      "./closed": null,
    };
    const files = {
      ...root,
      ...manifest({ exports }),
      "app/a.ts": 'import "@acme/tools/dev";\n',
      "app/b.ts": 'import "@acme/tools/x/one";\n',
      "app/c.ts": 'import "@acme/tools/y/two";\n',
      "app/d.ts": 'import "@acme/tools/closed";\n',
      "packages/tools/src/dev.ts": BAD,
      "packages/tools/src/x/one.ts": BAD,
      "packages/tools/src/y/two/entry.ts": BAD,
      "packages/tools/src/closed.ts": BAD,
    };
    expect(await banned(files, { production: ["app/**"] })).toEqual([
      "ban/transitive app/a.ts",
      "ban/transitive app/b.ts",
      "ban/transitive app/c.ts",
    ]);
  });

  it.each([
    ["the object form", { "package.json": json({ workspaces: { packages: ["./packages/*/"] } }) }],
    [
      "pnpm",
      {
        "package.json": "{}",
        "pnpm-workspace.yaml":
          "packages:\n  # all\n  - 'packages/*' # here\n  - \"!packages/none\"\ncatalog:\n  a: 1\n",
      },
    ],
    ["pnpm in one line", { "package.json": "{}", "pnpm-workspace.yaml": 'packages: ["packages/**"]\n' }],
    ["lerna", { "package.json": "{}", "lerna.json": json({ packages: ["packages/*"] }) }],
    [
      "rush",
      {
        "rush.json": '{ "projects": [{ "packageName": "@acme/tools", "projectFolder": "packages/tools" }] }',
      },
    ],
  ])("are read from %s", async (_, files) => {
    const all = { ...app, ...files, ...manifest({}), "packages/tools/index.js": BAD };
    expect(await banned(all, { production: ["app/**"] })).toEqual(["ban/transitive app/a.ts"]);
  });

  it("count only where they are members, linked or the package itself", async () => {
    const files = { ...app, "package.json": "{}", ...manifest({}), "packages/tools/index.js": BAD };
    expect(await banned(files, { production: ["app/**"] })).toEqual([]);
    const linked = {
      ...files,
      "package.json": json({ dependencies: { "@acme/tools": "file:./packages/tools" } }),
    };
    expect(await banned(linked, { production: ["app/**"] })).toEqual(["ban/transitive app/a.ts"]);
    const self = {
      "package.json": json({ name: "me", exports: { "./*": "./dist/*.js" } }),
      "app/a.ts": 'import "me/tools/bad";\n',
      "src/tools/bad.ts": BAD,
    };
    expect(await banned(self, { production: ["app/**"] })).toEqual(["ban/transitive app/a.ts"]);
  });

  it("are known under another name", async () => {
    const files = {
      "package.json": json({
        workspaces: ["packages/*"],
        devDependencies: { dev: "workspace:@acme/tools@*" },
      }),
      "app/a.ts": 'import "dev/bad";\n',
      ...manifest({}),
      "packages/tools/bad.js": BAD,
    };
    expect(await banned(files, { production: ["app/**"] })).toEqual(["ban/transitive app/a.ts"]);
  });

  it("lead to what runs, not to what stands in for it while developing", async () => {
    const exports = { ".": { types: "./types.ts", development: "./dev.ts", default: "./src/real.ts" } };
    const files = { ...root, ...app, ...manifest({ exports }), "packages/tools/src/real.ts": "" };
    const bad = { "packages/tools/dev.ts": BAD, "packages/tools/types.ts": BAD };
    expect(await banned({ ...files, ...bad }, { production: ["app/**"] })).toEqual([]);
  });

  it("extend TypeScript settings of a package", async () => {
    const files = {
      ...root,
      "tsconfig.json": json({ extends: "@acme/tools/base.json" }),
      ...manifest({}),
      "packages/tools/base.json": json({ compilerOptions: { paths: { "@t/*": ["../../tools/*"] } } }),
      "tools/bad.ts": BAD,
      "app/a.ts": 'import "@t/bad";\n',
    };
    expect(await banned(files)).toEqual(["ban/transitive app/a.ts"]);
  });
});

describe("other names for a banned package", () => {
  it("npm aliases, direct and transitive", async () => {
    const files = {
      "package.json": json({ devDependencies: { docs: "npm:context7-mcp@^1" } }),
      "app/a.ts": 'import "docs/x";\nimport "docs-other";\n',
      "app/b.ts": 'import "../scripts/b";\n',
      "scripts/b.ts": 'import "docs";\n',
    };
    expect(await chains(files)).toEqual([
      "ban/import undefined",
      "ban/transitive app/b.ts:1 → scripts/b.ts:1 → context7-mcp",
    ]);
  });

  it.each([
    ["package imports", { "package.json": json({ imports: { "#docs": "context7-mcp" } }) }, "#docs"],
    [
      "package imports with conditions",
      { "package.json": json({ imports: { "#d/*": { node: "context7-mcp/*" } } }) },
      "#d/x",
    ],
    ["overrides", { "package.json": json({ overrides: { a: { docs: "npm:context7-mcp@1" } } }) }, "docs"],
    ["resolutions", { "package.json": json({ resolutions: { "**/docs": "npm:context7-mcp@1" } }) }, "docs"],
    [
      "tsconfig paths",
      { "tsconfig.json": json({ compilerOptions: { paths: { docs: ["./node_modules/context7-mcp"] } } }) },
      "docs",
    ],
    [
      "a pnpm catalog",
      { "package.json": "{}", "pnpm-workspace.yaml": "catalog:\n  docs: npm:context7-mcp@1\n" },
      "docs",
    ],
    ["a Deno import map", { "deno.json": json({ imports: { docs: "npm:context7-mcp@1" } }) }, "docs"],
    [
      "an alias of an alias",
      { "package.json": json({ devDependencies: { y: "npm:context7-mcp@1" }, imports: { "#docs": "y" } }) },
      "#docs",
    ],
    [
      "an escaped alias",
      { "package.json": '{ "devDependencies": { "docs": "npm:context7\\u002dmcp@1" } }' },
      "docs",
    ],
  ])("%s", async (_, files, specifier) => {
    expect(await banned({ ...files, "app/a.ts": `import "${specifier}";\n` })).toEqual([
      "ban/import app/a.ts",
    ]);
  });

  it("hold only below the manifest that gives them", async () => {
    const files = {
      "packages/a/package.json": json({ devDependencies: { docs: "npm:context7-mcp@1" } }),
      "packages/a/src/a.ts": 'import "docs";\n',
      "packages/b/src/b.ts": 'import "docs";\n',
    };
    expect(await banned(files)).toEqual(["ban/import packages/a/src/a.ts"]);
  });
});

describe("links", () => {
  const repository = (files: Record<string, string>, links: Record<string, string>) => {
    const made = temporaryRepository(files);
    for (const [path, target] of Object.entries(links)) symlinkSync(target, join(made.folder, path));
    made.commit("Add links");
    return made;
  };
  const places = async (made: ReturnType<typeof temporaryRepository>, where: "commit" | "disk" | "index") =>
    judgeBan(await factsOf(made, where)).map(({ rule, chain }) => `${rule} ${chain?.join(" → ")}`);

  it.each(["commit", "disk", "index"] as const)("inside the repository are followed: %s", async (where) => {
    const made = repository(
      { "app/a.ts": 'import "../linked/bad";\n', "app/b.ts": 'import "../one";\n', "tools/bad.ts": BAD },
      { linked: "tools", "one.ts": "tools/bad.ts" },
    );
    expect(await places(made, where)).toEqual(["ban/transitive app/a.ts:1 → tools/bad.ts:1 → context7-mcp"]);
  });

  it("put a file into production", async () => {
    const made = repository({ "app/x.ts": "", "tools/bad.ts": BAD }, { "app/bad.ts": "../tools/bad.ts" });
    expect(await places(made, "commit")).toEqual([
      "ban/transitive app/bad.ts:1 → tools/bad.ts:1 → context7-mcp",
    ]);
  });

  it("that lead out, in circles or nowhere are not followed", async () => {
    const made = repository(
      { "app/a.ts": 'import "../out/bad";\nimport "../loop/x";\nimport "../none";\n', "tools/bad.ts": BAD },
      { out: "../../../../tools", loop: "loop", none: "nothing", self: ".", up: "/" },
    );
    const facts = await factsOf(made, "disk");
    expect(facts.imports).toEqual([]);
    expect(facts.links).toBe(5);
  });
});

describe("entries", () => {
  const files = {
    "src/main.ts": '\nimport "./server";\n',
    "src/server.ts": 'import "../tools/bad";\n',
    "src/unused.ts": BAD,
    "tools/bad.ts": BAD,
  };

  it("decide what is production: what they reach, wherever it lies", async () => {
    expect(await judged(files, { entries: ["src/main.ts"] })).toMatchObject([
      {
        rule: "ban/import",
        file: "tools/bad.ts",
        line: 1,
        message: expect.stringContaining("src/main.ts:2 → src/server.ts:1 → tools/bad.ts"),
      },
    ]);
    expect(await judged({ ...files, "src/main.ts": BAD }, { entries: ["./src/main.ts"] })).toMatchObject([
      { rule: "ban/import", file: "src/main.ts" },
    ]);
  });

  it("that are missing are refused by name", async () => {
    await expect(judged(files, { entries: ["src/gone.ts"] })).rejects.toMatchObject({
      kind: "refusal",
      exit: 2,
      message: expect.stringContaining("src/gone.ts"),
    });
  });
});

describe("an import that leads nowhere", () => {
  it("is observed in a file that was examined, with its place", async () => {
    const files = {
      "package.json": json({ workspaces: ["packages/*"] }),
      "packages/x/package.json": json({ name: "@acme/x" }),
      "scripts/bad.ts": `${BAD}import "./gone";\nimport "@acme/x/gone";\nimport "react";\nimport "./style.css";\nimport type { A } from "./types";\nimport "@/alias";\nimport "node:fs";\n`,
      "scripts/style.css": "",
    };
    expect(await judged(files)).toMatchObject([
      { rule: "ban/unresolved", file: "scripts/bad.ts", line: 2 },
      { rule: "ban/unresolved", file: "scripts/bad.ts", line: 3 },
      { rule: "ban/unresolved", file: "scripts/bad.ts", line: 7 },
    ]);
  });

  it("is explained by what lies on disk", async () => {
    const made = temporaryRepository({
      ".gitignore": "gen.ts\n",
      "scripts/bad.ts": `${BAD}import "./gen";\nimport "./gone";\n`,
    });
    made.write("scripts/gen.ts", "");
    expect((await factsOf(made, "disk")).unresolved.map(({ specifier }) => specifier)).toEqual(["./gone"]);
    expect((await factsOf(made, "commit")).unresolved.map(({ specifier }) => specifier)).toEqual([
      "./gen",
      "./gone",
    ]);
  });
});

describe("a broken file on the way", () => {
  it("is reported where it is production, and passed through where it is not", async () => {
    const files = { "app/a.ts": 'import "../scripts/bad";\n(((', "scripts/bad.ts": BAD };
    expect(await banned(files)).toEqual(["ban/unparsable app/a.ts"]);
    const through = {
      "app/a.ts": 'import "../scripts/b";\n',
      "scripts/b.ts": 'import "./bad";\n(((',
      "scripts/bad.ts": BAD,
    };
    expect(await chains(through)).toEqual([
      "ban/transitive app/a.ts:1 → scripts/b.ts:1 → scripts/bad.ts:1 → context7-mcp",
    ]);
  });
});
