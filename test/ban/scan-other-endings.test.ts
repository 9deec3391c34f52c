import { symlinkSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { judgeBan } from "../../src/features/ban/index.ts";
import { temporaryRepository } from "../harness/temporary-repository.ts";
import { banned, chains, factsOf } from "./scan-ban.ts";

const BAD = 'require("context7-mcp");\n';

describe("a file whose ending is none of code is code where it is loaded", () => {
  it.each([
    ["tools/blob.bin", 'require("../tools/blob.bin");'],
    ["tools/notes.txt", 'require("../tools/notes.txt");'],
    ["tools/notes.md", 'require("../tools/notes.md");'],
    ["tools/style.css", 'require("../tools/style.css");'],
    ["tools/blob", 'require("../tools/blob");'],
    ["tools/blob", 'import "../tools/blob";'],
    ["tools/blob.bin", 'import "../tools/blob.bin";'],
    ["tools/blob.bin", 'export * from "../tools/blob.bin";'],
    ["tools/blob.bin", 'await import("../tools/blob.bin");'],
    ["tools/a.b.c", 'const r = require;\nr("../tools/a.b.c");'],
    ["app/blob.bin", 'require("./blob.bin");'],
  ])("%s by %s", async (path, code) => {
    const line = code.split("\n").length;
    expect(await chains({ "app/a.cjs": `${code}\n`, [path]: BAD })).toEqual([
      `ban/transitive app/a.cjs:${line} → ${path}:1 → context7-mcp`,
    ]);
  });

  it("in the middle of a chain, and through another one", async () => {
    const files = {
      "app/a.cjs": 'require("../tools/one.bin");\n',
      "tools/one.bin": 'require("./two.dat");\n',
      "tools/two.dat": '\nrequire("./bad");\n',
      "tools/bad.js": BAD,
    };
    expect(await chains(files)).toEqual([
      "ban/transitive app/a.cjs:1 → tools/one.bin:1 → tools/two.dat:2 → tools/bad.js:1 → context7-mcp",
    ]);
  });

  it("by what it starts, and by another name of the package", async () => {
    const files = {
      "package.json": '{ "devDependencies": { "docs": "npm:context7-mcp@1" } }',
      "app/a.cjs": 'require("../tools/start.bin");\nrequire("../tools/alias.bin");\n',
      "tools/start.bin": 'require("child_process").exec("npx -y context7-mcp");\n',
      "tools/alias.bin": 'require("docs");\n',
    };
    expect(await banned(files)).toEqual(["ban/spawn app/a.cjs", "ban/transitive app/a.cjs"]);
  });

  it("by a link with a name of code in production", async () => {
    const made = temporaryRepository({ "app/x.js": "", "tools/blob.bin": BAD });
    symlinkSync("../tools/blob.bin", join(made.folder, "app/bad.js"));
    symlinkSync("../tools/blob.bin", join(made.folder, "app/bad.dat"));
    made.commit("Add links");
    expect(judgeBan(await factsOf(made)).map(({ file }) => file)).toEqual(["app/bad.js"]);
  });

  it("as an entry", async () => {
    expect(await banned({ "bin/server.run": BAD }, { entries: ["bin/server.run"] })).toEqual([
      "ban/import bin/server.run",
    ]);
  });

  it("with a first line that names Node", async () => {
    expect(await banned({ "app/tool.run": `#!/usr/bin/env node\n${BAD}` })).toEqual([
      "ban/import app/tool.run",
    ]);
  });
});

describe("a file whose ending is none of code is text", () => {
  const text = {
    "app/blob.bin": BAD,
    "app/prompt.md": 'Write `import "context7-mcp"` and require it.\n',
    "app/code.txt": BAD,
    "app/data.json": '["context7-mcp", "require"]',
    "app/page.css": '/* import "context7-mcp" */ a { b: c }',
  };

  it("where nobody loads it", async () => {
    expect(await banned(text)).toEqual([]);
  });

  it.each([
    'import prompt from "./prompt.md";',
    'import prompt from "./prompt.md?raw";',
    'import code from "./code.txt";',
    'import code from "./code.txt?raw";',
    'import code from "./blob.bin?url";',
    'import data from "./data.json" with { type: "json" };',
    'const data = require("./data.json");',
    'import "./page.css";',
    'const text = require("./prompt.md");',
    'new URL("./blob.bin", import.meta.url);',
    'fs.readFileSync("./blob.bin");',
    'fs.readFileSync(require.resolve("./blob.bin"));',
    'import type { T } from "./blob.bin";',
  ])("where it is no code for %s", async (code) => {
    expect(await banned({ ...text, "app/a.ts": `${code}\n` })).toEqual([]);
  });

  it("where it leads on but is never loaded itself", async () => {
    const files = { "app/a.bin": 'require("../tools/bad");\n', "tools/bad.js": BAD };
    expect(await banned(files)).toEqual([]);
  });
});
