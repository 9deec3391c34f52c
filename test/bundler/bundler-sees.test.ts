import { symlinkSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { shop } from "../harness/shop.ts";

const RUN = "await build({ configFile: false, logLevel: 'warn', ...";

/** A script that builds with Vite and these settings. */
function viteScript(settings: string): string {
  return `import { build } from "vite";
import { vite } from "growth-engine/bundler";
${RUN}{ plugins: [vite()], ${settings} } });`;
}

describe.each(["vite", "rolldown", "esbuild"])("TypeScript in %s", (bundler) => {
  it("imports nothing where it takes only types", async () => {
    const types = `import type { Ask } from "context7-mcp";\nimport { type Find } from "docs";\n`;
    const project = shop({
      "src/main.ts": `${types}export const a: Ask | Find | null = null;\nconsole.log(a);\n`,
    });
    const { code, err } = await project.build(bundler, { ENTRY: "./src/main.ts" });
    expect(code, err).toBe(0);
  });
});

describe("the plugin sees", () => {
  it("a banned package of the workspace, which lies outside of node_modules", async () => {
    const project = shop({
      "src/main.js": `import { ask } from "@shop/tools";\nconsole.log(ask());\n`,
      "tools/package.json": JSON.stringify({
        name: "chrome-devtools-mcp",
        type: "module",
        exports: "./index.js",
      }),
      "tools/index.js": "export const ask = () => 'devtools';\n",
      "node_modules/@shop/.keep": "",
    });
    symlinkSync(join(project.folder, "tools"), join(project.folder, "node_modules/@shop/tools"), "junction");
    const { err } = await project.build("vite");
    expect(err).toContain("the build holds chrome-devtools-mcp: src/main.js is production and imports it");
  });

  it("what came into the output behind the bundler's back", async () => {
    const banner = `build: { rollupOptions: { input: "src/main.js", output: { banner: "import 'context7-mcp';" } } }`;
    const project = shop({ "src/main.js": "console.log(1);\n", "build.mjs": viteScript(banner) });
    const { code, err } = await project.runNode(["build.mjs"]);
    expect(code).not.toBe(0);
    expect(err).toContain("built code loads context7-mcp");
  });

  it("the import of a worker, which Vite builds apart", async () => {
    const project = shop({
      "src/main.js": `new Worker(new URL("./work.js", import.meta.url), { type: "module" });\n`,
      "src/work.js": `import { ask } from "context7-mcp";\npostMessage(ask());\n`,
    });
    const { code, err } = await project.build("vite");
    expect(code).not.toBe(0);
    expect(err).toContain("the build holds context7-mcp: src/work.js is production and imports it");
  });

  it("an alias of the bundler's own configuration", async () => {
    const alias = `resolve: { alias: { manual: "context7-mcp/sub", "@": import.meta.dirname + "/src" } }`;
    const project = shop({
      "src/main.js": `import { ask } from "@/lib/ask.js";\nconsole.log(ask());\n`,
      "src/lib/ask.js": `\n\nexport { ask } from "manual";\n`,
      "build.mjs": viteScript(`${alias}, build: { rollupOptions: { input: "src/main.js" } }`),
    });
    const { err } = await project.runNode(["build.mjs"]);
    expect(err).toContain("src/main.js:1");
    expect(err).toContain("└─ src/lib/ask.js");
  });

  it("imports in a development server of Vite, and warns once", async () => {
    const server = `import { createServer } from "vite";
import { vite } from "growth-engine/bundler";
const server = await createServer({
  configFile: false, appType: "custom", plugins: [vite(JSON.parse(process.env.OPTIONS))],
  server: { middlewareMode: true, ws: false, watch: null }, optimizeDeps: { noDiscovery: true },
});
for (const file of ["/src/main.js", "/src/again.js"])
  await server.transformRequest(file).catch((error) => console.log("refused " + error.message));
await server.close();`;
    const main = `import { find } from "docs";\nimport("docs");\nconsole.log(find());\n`;
    const project = shop({ "src/main.js": main, "src/again.js": "console.log(2);\n", "serve.mjs": server });
    const serve = (options: object) =>
      project.runNode(["serve.mjs"], { env: { OPTIONS: JSON.stringify(options) } });
    const warned = await serve({});
    expect(warned.code, warned.err).toBe(0);
    const text = warned.out + warned.err;
    expect(text.match(/the build loads @upstash\/context7-mcp/g), text).toHaveLength(1);
    expect(text).toContain("src/main.js:1");
    const off = await serve({ development: "off" });
    expect(off.out + off.err).not.toContain("upstash");
    expect((await serve({ development: "block" })).out).toContain("refused");
  });
});

describe("the package", () => {
  it("can be required, and imported by each name", async () => {
    const project = shop({
      "a.cjs": `console.log(Object.keys(require("growth-engine/bundler")).join());`,
      "b.mjs": `import { vite, rollup, rolldown, webpack, rspack, esbuild } from "growth-engine/bundler";
console.log([vite, rollup, rolldown, webpack, rspack, esbuild].map((one) => typeof one).join());`,
    });
    expect((await project.runNode(["a.cjs"])).out).toBe("esbuild,rolldown,rollup,rspack,vite,webpack\n");
    expect((await project.runNode(["b.mjs"])).out).toBe(`${Array(6).fill("function").join()}\n`);
  });
});
