import { describe, expect, it } from "vitest";
import { banned } from "./scan-ban.ts";

const BAD = 'export * from "context7-mcp";\n';

describe("what only has the name of a loader is no finding", () => {
  it.each([
    ["a function", 'function require(name) { return name; }\nrequire("context7-mcp");'],
    ["an arrow", 'const require = (name) => registry[name];\nrequire("context7-mcp");'],
    ["a function of an inner block", '{ const require = () => 1; require("context7-mcp"); }'],
    ["a hoisted function", 'require("context7-mcp");\nfunction require() {}'],
    ["a var of a function", 'function f() { if (a) { require("context7-mcp"); } var require = () => 1; }'],
    ["an import of a local file", 'import { require } from "./assert";\nrequire("context7-mcp");'],
    ["an import of another package", 'import { require } from "tiny-assert";\nrequire("context7-mcp");'],
    ["another name for it", 'import { require } from "./assert";\nconst r = require;\nr("context7-mcp");'],
    ["a method", 'import { z } from "zod";\nz.require("context7-mcp");\nz.string().require("context7-mcp");'],
    ["a method of its own", 'const rules = { require(name) {} };\nrules.require("context7-mcp");'],
    ["a method of a class", 'class A { require(a) {} b() { this.require("context7-mcp"); } }\nnew A().b();'],
    ["its resolve", 'const require = { resolve: (a) => a };\nrequire.resolve("context7-mcp");'],
    ["a maker", 'function createRequire() { return (a) => a; }\ncreateRequire()("context7-mcp");'],
    ["AMD's define", 'function define(list) {}\ndefine(["context7-mcp"]);'],
    ["an address", 'import { URL } from "./url";\nnew URL("context7-mcp", import.meta.url);'],
    ["a constant of another block", '{ const n = "context7-mcp"; log(n); }\n{ const n = "x"; import(n); }'],
  ])("%s", async (_, code) => {
    expect(await banned({ "app/a.js": `${code}\n`, "app/assert.js": "", "app/url.js": "" })).toEqual([]);
  });

  it("nor does it lead to a file", async () => {
    const code = 'function require(name) { return name; }\nrequire("../tools/bad");\n';
    expect(await banned({ "app/a.js": code, "tools/bad.js": BAD })).toEqual([]);
  });
});

describe("a loader is one under any name", () => {
  it.each([
    ["the global", 'require("context7-mcp");'],
    ["beside another one", '{ const require = () => 1; require("x"); }\nrequire("context7-mcp");'],
    ["a parameter", 'define(function (require) { require("context7-mcp"); });'],
    ["a declared one", 'declare function require(name: string): any;\nrequire("context7-mcp");'],
    ["a declared constant", 'declare const require: any;\nrequire("context7-mcp");'],
    [
      "createRequire under its name",
      'import { createRequire } from "node:module";\nconst require = createRequire(import.meta.url);\nrequire("context7-mcp");',
    ],
    ["createRequire of the module", 'import m from "module";\nm.createRequire("/")("context7-mcp");'],
    ["createRequire of a built-in", 'process.getBuiltinModule("module").createRequire("/")("context7-mcp");'],
    ["module.require", 'const { require: r } = module;\nr("context7-mcp");'],
    ["the main module's", 'process.mainModule.require("context7-mcp");'],
    ["the global object's", 'globalThis.require("context7-mcp");\n'],
    ["_load", 'import Module from "node:module";\nModule._load("context7-mcp");'],
    ["an alias", 'const r = require;\nconst s = r;\ns("context7-mcp");'],
    ["an alias given later", 'let r;\nr = require;\nr("context7-mcp");'],
    ["a choice", 'const r = typeof require === "function" ? require : null;\nr("context7-mcp");'],
    ["a bound one", 'const r = require.bind(null);\nr("context7-mcp");'],
    ["a member", 'const tools = { load: require };\ntools.load("context7-mcp");'],
    ["call", 'require.call(null, "context7-mcp");'],
    ["apply", 'require.apply(null, ["context7-mcp"]);'],
    ["Reflect", 'Reflect.apply(require, null, ["context7-mcp"]);'],
    ["a computed member", 'module["require"]("context7-mcp");\n'],
    [
      "a function that hands on",
      'function require(name) { return module.require(name); }\nrequire("context7-mcp");',
    ],
    ["an arrow that imports", 'const load = (name) => import(name);\nload("context7-mcp");'],
    ["what a call answers", 'const require = loaderOf(window);\nrequire("context7-mcp");'],
    ["importScripts", 'importScripts("context7-mcp");'],
    ["a constant of two", '{ const n = "context7-mcp"; import(n); }\n{ const n = "x"; import(n); }'],
    ["a variable given later", 'let n;\nn = "context7-mcp";\nimport(n);'],
    ["a member of a constant", 'const NAMES = { docs: "context7-mcp" };\nimport(NAMES.docs);'],
  ])("%s", async (_, code) => {
    expect(await banned({ "app/a.ts": `${code}\n` })).toEqual(["ban/import app/a.ts"]);
  });

  it.each([
    ["__dirname", 'require(__dirname + "/../tools/bad");'],
    // biome-ignore lint/suspicious/noTemplateCurlyInString: it is the source code of a template
    ["a template", "require(`${__dirname}/../tools/bad.js`);"],
    ["path.join", 'require(path.join(__dirname, "..", "tools", "bad.js"));'],
    ["import.meta.dirname", 'import(path.resolve(import.meta.dirname, "../tools/bad.js"));'],
    [
      "a constant folder",
      'const tools = path.join(__dirname, "../tools");\nrequire(path.join(tools, "bad"));',
    ],
  ])("and leads to a file by %s", async (_, code) => {
    expect(await banned({ "app/a.ts": `${code}\n`, "tools/bad.ts": BAD })).toEqual([
      "ban/transitive app/a.ts",
    ]);
  });
});
