import { mkdir, mkdtemp, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { type BuildOptions, build } from "esbuild";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { bannedPackages } from "../banned-packages.ts";
import { scanBundle } from "./scan-bundle.ts";

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "bundle-"));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

async function write(files: Record<string, string>): Promise<void> {
  for (const [path, text] of Object.entries(files)) {
    await mkdir(dirname(join(folder, path)), { recursive: true });
    await writeFile(join(folder, path), text);
  }
}

async function buildApp(code: string, options: BuildOptions): Promise<void> {
  await write({
    "src/app.ts": code,
    "node_modules/context7-mcp/package.json": `{"name": "context7-mcp", "version": "1.0.0", "main": "index.js"}`,
    "node_modules/context7-mcp/index.js": `module.exports = { serve() { return "served"; } };`,
    "node_modules/other/index.js": `export const other = 1;`,
  });
  await build({
    absWorkingDir: folder,
    entryPoints: ["src/app.ts"],
    outdir: "dist",
    bundle: true,
    logLevel: "silent",
    ...options,
  });
}

async function scan(): Promise<string[]> {
  const { findings } = await scanBundle(join(folder, "dist"), bannedPackages([]));
  return findings.map(
    ({ rule, file, line, message }) => `${rule} ${file}${line ? `:${line}` : ""} ${message}`,
  );
}

const map = (sources: unknown, more: object = {}) =>
  JSON.stringify({ version: 3, sources, mappings: "", ...more });
const USES = `import c from "context7-mcp";\nconsole.log(c.serve());`;

describe("real builds", () => {
  it.each(["linked", "inline"] as const)(
    "finds the package in a minified build with a %s source map",
    async (sourcemap) => {
      await buildApp(USES, { sourcemap, minify: true });
      expect(await scan()).toEqual([
        `ban/bundle app.js${sourcemap === "linked" ? ".map" : ""} source map names a source of context7-mcp: ../node_modules/context7-mcp/index.js`,
      ]);
    },
  );

  it("finds the package by its module's path in a build without maps", async () => {
    await buildApp(USES, {});
    expect(await scan()).toEqual([
      expect.stringMatching(/^ban\/bundle app\.js:\d+ built code holds a module of/),
    ]);
  });

  it.each([
    ["an import", "import c from 'context7-mcp'; console.log(c)", { format: "esm" }],
    ["a require", "console.log(require('context7-mcp/x'))", { format: "cjs", platform: "node" }],
    ["a require in an ES module", "console.log(require('context7-mcp'))", { format: "esm" }],
    ["a dynamic import", "import('context7-mcp')", { format: "esm", minify: true }],
    [
      "a minified require in an ES module",
      "console.log(require('context7-mcp'))",
      { format: "esm", minify: true },
    ],
    ["a resolved path", "console.log(require.resolve('context7-mcp'))", { format: "cjs", platform: "node" }],
  ] as const)("finds %s that was left to be loaded when it runs", async (_, code, options) => {
    await buildApp(code, { external: ["context7-mcp"], ...options });
    expect(await scan()).toEqual([
      expect.stringMatching(/^ban\/bundle app\.js:\d+ built code loads context7-mcp$/),
    ]);
  });

  it("says nothing of a build without the package, though it mentions it", async () => {
    await buildApp(`import { other } from "other"; console.log("npx context7-mcp", other);`, {
      sourcemap: true,
    });
    expect(await scan()).toEqual([]);
  });
});

describe("source maps", () => {
  it.each([
    ["pnpm", map(["../node_modules/.pnpm/context7-mcp@1.0.0/node_modules/context7-mcp/x.js"])],
    ["webpack", map(["webpack://app/./src/a.ts", "webpack://app/./node_modules/context7-mcp/x.js?1a2b"])],
    ["a source root", map(["x.js"], { sourceRoot: "../node_modules/context7-mcp" })],
    ["an encoded address", map(["turbopack:///[project]/node_modules/context7%2Dmcp/x.js"])],
    ["an escaped name", map([]).replace("[]", `["node_modules\\/context7\\u002dmcp/x.js"]`)],
    [
      "sections",
      JSON.stringify({
        sections: [{ map: { sections: [{ map: JSON.parse(map(["node_modules/context7-mcp/x.js"])) }] } }],
      }),
    ],
    ["a guard", `)]}'\n${map(["node_modules/context7-mcp/x.js"])}`],
    ["a byte order mark and no text", `\uFEFF${map([null, "node_modules/context7-mcp/x.js"])}`],
  ])("reads one with %s", async (_, text) => {
    await write({ "dist/a.js.map": text });
    expect(await scan()).toEqual([
      expect.stringMatching(/^ban\/bundle a\.js\.map source map names a source of context7-mcp: /),
    ]);
  });

  it("counts the sources of each package", async () => {
    const paths = [
      "context7-mcp/a.js",
      "@upstash/context7-mcp/b.js",
      "context7-mcp/c.js",
      "context7-mcp-x/c.js",
    ];
    await write({ "dist/a.js.map": map(paths.map((path) => `../node_modules/${path}`)) });
    expect(await scan()).toEqual([
      "ban/bundle a.js.map source map names 2 sources of context7-mcp: ../node_modules/context7-mcp/a.js",
      "ban/bundle a.js.map source map names a source of @upstash/context7-mcp: ../node_modules/@upstash/context7-mcp/b.js",
    ]);
  });

  it("resolves sources against the folder of the map", async () => {
    await write({ "dist/node_modules/other/dist/a.js.map": map(["../../context7-mcp/x.js"]) });
    expect(await scan()).toHaveLength(1);
  });

  it.each(["", "{", "[]", "null", `{"version":3}`])("says that %j is no readable map", async (text) => {
    await write({ "dist/a.js.map": text });
    expect(await scan()).toEqual([
      expect.stringMatching(/^ban\/unparsable a\.js\.map built file is not readable: it /),
    ]);
  });

  it("leaves other files of that ending alone", async () => {
    await write({ "dist/level1.map": "\0\0tiles" });
    expect(await scan()).toEqual([]);
  });

  it("reads each inline map of a development build", async () => {
    const inline = (path: string) =>
      `eval("a\\n//# sourceMappingURL=data:application/json;charset=utf-8;base64,${Buffer.from(map([path])).toString("base64")}\\n//# x")`;
    await write({
      "dist/a.js": `${inline("src/a.ts")};${inline("webpack://x/node_modules/context7-mcp/b.js")}`,
    });
    expect(await scan()).toHaveLength(1);
  });

  it("reads an inline map that is not base64", async () => {
    const data = encodeURIComponent(map(["node_modules/context7-mcp/b.js"]));
    await write({ "dist/a.css.js": `a()\n/*# sourceMappingURL=data:application/json,${data} */` });
    expect(await scan()).toHaveLength(1);
  });

  it("says that an inline map is broken, but not of code that only speaks of maps", async () => {
    const broken = Buffer.from(`{"version":3`).toString("base64");
    await write({
      "dist/a.js": `//# sourceMappingURL=data:application/json;base64,${broken}`,
      "dist/b.js": `const re = /sourceMappingURL=data:application\\/json[^,]+base64,/; x = "//# sourceMappingURL=data:application/json;base64," + y`,
    });
    expect(await scan()).toEqual([expect.stringMatching(/^ban\/unparsable a\.js /)]);
  });
});

describe("built code", () => {
  it.each([
    ["webpack's modules", `({ "./node_modules/context7-mcp/x.js": (e, t, n) => { n(1) } })`, 1],
    ["webpack's external", `module.exports = require("context7-mcp")`, 1],
    ["SystemJS", `System.register(["a", "context7-mcp"], function () {})`, 1],
    ["AMD", `define(["context7-mcp"], function () {})`, 1],
    ["a path that is only a text", `log({ "./node_modules/context7-mcp/x.js": 1 })`, 0],
    ["code of old scripts", `with (a) { b(require("context7-mcp")) }`, 1],
    ["a return at the top", `console.log(require("context7-mcp")); return;`, 1],
  ])("is read: %s", async (_, code, count) => {
    await write({ "dist/a.js": code });
    expect(await scan()).toHaveLength(count);
  });

  it("is said to be unreadable where it mentions the name and cannot be parsed", async () => {
    await write({ "dist/a.js": "import 'context7-mcp' ((", "dist/b.js": "other ((" });
    expect(await scan()).toEqual([expect.stringMatching(/^ban\/unparsable a\.js /)]);
  });

  it("carries a package in its own node_modules", async () => {
    await write({
      "dist/server.js": "1",
      "dist/node_modules/context7-mcp/index.js": "require('context7-mcp/a')",
      "dist/node_modules/context7-mcp/a.js": "1",
    });
    expect(await scan()).toEqual([
      "ban/bundle node_modules/context7-mcp/a.js built output carries the package context7-mcp",
    ]);
  });
});

describe("the folder", () => {
  it("counts the code and the maps", async () => {
    await write({
      "dist/a.js": "1",
      "dist/a.js.map": map([]),
      "dist/b/c.mjs": "1",
      "dist/a.css": "",
      "dist/x.png": "",
    });
    const { files } = await scanBundle(join(folder, "dist"), bannedPackages([]));
    expect(files).toBe(3);
  });

  it("is not left through links", async () => {
    await write({ "dist/a.js": "1", "out/b.js": `import "context7-mcp"` });
    await symlink(join(folder, "out"), join(folder, "dist/link"));
    await symlink(join(folder, "out/b.js"), join(folder, "dist/b.js"));
    await symlink(join(folder, "dist"), join(folder, "dist/loop"));
    expect(await scan()).toEqual([]);
  });

  it.each([
    ["is missing", {}],
    ["is a file", { dist: "x" }],
    ["holds nothing built", { "dist/a.css": "a{}" }],
  ])("is refused with the way out when it %s", async (_, files) => {
    await write(files);
    await expect(scan()).rejects.toMatchObject({
      kind: "refusal",
      exit: 2,
      hint: expect.stringContaining("build"),
    });
  });
});
