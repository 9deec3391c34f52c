import { describe, expect, it } from "vitest";
import { banned, findings } from "./scan-ban.ts";

describe("a production file that names a banned package", () => {
  it("is found by a plain import, at the line of the statement", async () => {
    expect(await findings({ "app/a.ts": 'import x from "react";\nimport y from "context7-mcp";\n' })).toEqual(
      ["ban/import app/a.ts:2"],
    );
  });

  it.each([
    ["several lines", 'import {\n  a,\n  b,\n} from "context7-mcp";\n'],
    ["a side effect", 'import "context7-mcp";\n'],
    ["a subpath", 'import a from "context7-mcp/dist/x.js";\n'],
    ["a re-export", 'export { a } from "context7-mcp";\n'],
    ["a star re-export", 'export * from "@shopify/mcp-server-dev";\n'],
    ["a named star re-export", 'export * as dev from "chrome-devtools-mcp";\n'],
    ["import equals", 'import a = require("context7-mcp");\n'],
    ["require", 'const a = require("context7-mcp");\n'],
    ["optional require", 'const a = require?.("context7-mcp");\n'],
    ["require.resolve", 'require.resolve("context7-mcp/package.json");\n'],
    ["module.require", 'module.require("context7-mcp");\n'],
    ["a bracketed require", '(0, require)("context7-mcp");\n'],
    [
      "createRequire",
      'import { createRequire } from "node:module";\ncreateRequire(import.meta.url)("context7-mcp");\n',
    ],
    [
      "a bound createRequire",
      'import { createRequire as make } from "node:module";\nconst load = make(import.meta.url);\nload("context7-mcp");\n',
    ],
    ["its resolve", 'const load = createRequire("/x");\nload.resolve("context7-mcp");\n'],
    ["another name for require", 'const r = require;\nr("context7-mcp");\n'],
    ["a dynamic import", 'await import("context7-mcp");\n'],
    ["a dynamic import over lines", 'await import(\n  /* why */ "context7-mcp",\n);\n'],
    ["import.meta.resolve", 'import.meta.resolve("context7-mcp");\n'],
    ["a template", "await import(`context7-mcp`);\n"],
    // biome-ignore lint/suspicious/noTemplateCurlyInString: it is the source code of a template
    ["a template that goes on", "await import(`context7-mcp/${name}`);\n"],
    ["joined literals", 'require("context7" + "-mcp");\n'],
    ["joined the other way", 'require("con" + "text7-mcp");\n'],
    ["literals joined over lines", 'require(\n  "context7" +\n    "-mcp"\n);\n'],
    // biome-ignore lint/suspicious/noTemplateCurlyInString: it is the source code of a template
    ["a joined template", 'require(`context7-${"mcp"}`);\n'],
    ["a constant", 'const name = "context7-mcp";\nawait import(name);\n'],
    ["a choice", 'await import(dev ? "context7-mcp" : "other");\n'],
    ["a cast", 'require("context7-mcp" as string);\n'],
    ["AMD", 'define(["context7-mcp"], (a) => a);\n'],
    ["a loader prefix", 'import a from "raw-loader!context7-mcp";\n'],
    ["the npm scheme", 'import a from "npm:context7-mcp@1";\n'],
    ["a path into node_modules", 'import a from "../node_modules/context7-mcp/x.js";\n'],
  ])("is found by %s", async (_, code) => {
    expect(await banned({ "app/a.ts": code })).toEqual(["ban/import app/a.ts"]);
  });

  it.each([
    ["hexadecimal", String.raw`require("context7\x2dmcp")`],
    ["Unicode", String.raw`import "context7\u002dmcp"`],
    ["code point", String.raw`import "context7\u{2d}mcp"`],
    ["long code point", String.raw`import "\u{0000063}ontext7-mcp"`],
    ["octal", String.raw`require("context7\055mcp")`],
    ["identity", String.raw`import "context7\-mcp"`],
    ["first character", String.raw`import "\context7-mcp"`],
    ["every character", String.raw`import "\x63\x6f\x6e\x74\x65\x78\x74\x37\x2d\x6d\x63\x70"`],
    ["both halves", String.raw`import "\con\text7\-mcp" /* \t is a tab */; import "c\on\u0074ext7\-m\cp"`],
    ["a line continuation", 'import "context7\\\n-mcp"'],
    ["a line continuation with CRLF", 'import "context7\\\r\n-mcp"'],
    ["template escapes", String.raw`import(${"`"}context7\x2dmcp${"`"})`],
  ])("is found behind a disguise: %s", async (_, code) => {
    expect(await banned({ "app/a.js": `${code};\n` })).toEqual(["ban/import app/a.js"]);
  });

  it("is found in UTF-16 with and without a mark, and in escapes within it", async () => {
    const utf16 = (text: string) => Buffer.from(text, "utf16le");
    expect(
      await banned({
        "app/a.ts": Buffer.concat([Buffer.from([0xff, 0xfe]), utf16('import "context7-mcp";\n')]),
        "app/b.ts": Buffer.concat([Buffer.from([0xfe, 0xff]), utf16('import "context7-mcp";\n').swap16()]),
        "app/c.ts": utf16('import "context7-mcp";\n'),
        "app/d.ts": Buffer.concat([Buffer.from([0xff, 0xfe]), utf16('import "context7\\x2dmcp";\n')]),
      }),
    ).toEqual(["ban/import app/a.ts", "ban/import app/b.ts", "ban/import app/c.ts", "ban/import app/d.ts"]);
  });

  it("gives one finding for each statement, and one for a statement that names it twice", async () => {
    const code =
      'import a from "context7-mcp";\nexport * from "context7-mcp";\nimport(x ? "context7-mcp" : "context7-mcp/b");\n';
    expect(await findings({ "app/a.ts": code })).toEqual([
      "ban/import app/a.ts:1",
      "ban/import app/a.ts:2",
      "ban/import app/a.ts:3",
    ]);
  });

  it.each([
    ["JSX in .js", "app/a.js", 'import "context7-mcp";\nexport const A = () => <div a={1}>x</div>;\n'],
    ["JSX in .tsx", "app/a.tsx", 'import "context7-mcp";\nexport const A = <T,>() => <div>x</div>;\n'],
    ["casts in .ts", "app/a.ts", 'import "context7-mcp";\nconst a = <string>b;\n'],
    ["a script with octals", "app/a.cjs", 'require("context7-mcp");\nvar a = 010; with (b) c();\n'],
    ["return at the top", "app/a.cjs", 'if (x) return;\nrequire("context7-mcp");\n'],
    [".mts", "app/a.mts", 'import "context7-mcp";\n'],
    [".cts", "app/a.cts", 'import a = require("context7-mcp");\n'],
    ["type annotations in .js", "app/a.js", 'import "context7-mcp";\nfunction f(a: string): void {}\n'],
    ["a hashbang", "app/a.js", '#!/usr/bin/env node\nimport "context7-mcp";\n'],
    ["no extension", "app/start", '#!/usr/bin/env node\nrequire("context7-mcp");\n'],
    ["CRLF", "app/a.ts", 'import "a";\r\nimport "context7-mcp";\r\n'],
    ["a byte order mark", "app/a.ts", '\uFEFFimport "context7-mcp";\n'],
  ])("is read as %s", async (_, path, code) => {
    expect(await banned({ [path]: code })).toEqual([`ban/import ${path}`]);
  });

  it.each([
    [
      "app/a.vue",
      '<template><b/></template>\n<script setup lang="ts">\nimport x from "context7-mcp";\n</script>\n',
      3,
    ],
    [
      "app/b.vue",
      '<!-- <script>\nimport "x";\n</script> -->\n<script>\nimport x from "context7-mcp";\n</script>\n',
      5,
    ],
    [
      "app/a.svelte",
      '<script lang="ts" generics="T extends Array<string>">\n\nimport "context7-mcp";\n</script>\n<p>{T}</p>\n',
      3,
    ],
    ["app/a.astro", '---\nconst a: string = "x";\nimport "context7-mcp";\n---\n<p>x</p>\n', 3],
    ["app/b.astro", '<p>x</p>\n<script>\nimport "context7-mcp";\n</script>\n', 3],
    ["app/a.mdx", '# Title\n\nimport X from "context7-mcp";\n\ntext\n', 3],
    ["app/c.svelte", '<p>\n{#await import("context7-mcp")}{/await}</p>\n', 2],
  ])("is found in %s at its own line", async (path, code, line) => {
    expect(await findings({ [path]: code })).toEqual([`ban/import ${path}:${line}`]);
  });

  it("is found under odd names of files and folders", async () => {
    const code = 'import "context7-mcp";\n';
    const names = [
      "app/with space/a b.ts",
      "app/[id]/$x.ts",
      "app/ünï/ß.ts",
      "app/new\nline.ts",
      "app/a'b\".ts",
    ];
    expect(await banned(Object.fromEntries(names.map((name) => [name, code])))).toEqual(
      names.map((name) => `ban/import ${name}`).sort(),
    );
  });
});

describe("types of a banned package", () => {
  it.each([
    ["import type", 'import type { A } from "context7-mcp";\n'],
    ["inline types", 'import { type A, type B } from "context7-mcp";\n'],
    ["export type", 'export type { A } from "context7-mcp";\n'],
    ["an import type", 'type A = import("context7-mcp").A;\n'],
    ["import type equals", 'import type a = require("context7-mcp");\n'],
  ])("are observed, not blocked: %s", async (_, code) => {
    expect(await banned({ "app/a.ts": code })).toEqual(["ban/type-only app/a.ts"]);
  });

  it("are all that a declaration file takes", async () => {
    expect(await banned({ "app/a.d.ts": 'import { A } from "context7-mcp";\n' })).toEqual([
      "ban/type-only app/a.d.ts",
    ]);
  });

  it("are an import where the compiler keeps inline types", async () => {
    const files = {
      "tsconfig.json": '{ "compilerOptions": { "verbatimModuleSyntax": true } }',
      "app/a.ts": 'import { type A } from "context7-mcp";\n',
    };
    expect(await banned(files)).toEqual(["ban/import app/a.ts"]);
  });

  it("beside a value are an import", async () => {
    expect(await banned({ "app/a.ts": 'import { type A, b } from "context7-mcp";\n' })).toEqual([
      "ban/import app/a.ts",
    ]);
  });
});

describe("what is no finding", () => {
  it.each([
    ["a comment", '// import "context7-mcp"\n/* require("context7-mcp") */\n'],
    ["a string", 'const a = "context7-mcp";\nconsole.log("see context7-mcp");\n'],
    ["a URL", 'fetch("https://context7-mcp.fly.dev/mcp");\n'],
    ["an identifier", "const devMcpBan = 1;\nfunction appendEvidence() {}\n"],
    [
      "a longer package name",
      'import "context7-mcp-tools";\nimport "my-context7-mcp";\nimport "@acme/context7-mcp";\n',
    ],
    [
      "a local file of the same name",
      'import a from "./context7-mcp";\nimport b from "../lib/context7-mcp.js";\n',
    ],
    ["a custom element", 'customElements.define("context7-mcp", X);\n'],
    ["a regular expression", "const a = /context7-mcp/;\n"],
    // biome-ignore lint/suspicious/noTemplateCurlyInString: it is the source code of a template
    ["a computed name", 'await import(name + "context7-mcp");\nawait import(`context7-mcp${x}`);\n'],
  ])("%s", async (_, code) => {
    const files = { "app/a.ts": code, "app/context7-mcp.ts": "", "lib/context7-mcp.ts": "" };
    expect(await banned(files)).toEqual([]);
  });

  it("files outside of production that production does not reach, and tests inside it", async () => {
    const code = 'import "context7-mcp";\n';
    const files = [
      "scripts/a.ts",
      "docs/a.ts",
      "app/a.test.ts",
      "app/__tests__/a.ts",
      "tools/a.ts",
      "test/a.ts",
    ];
    expect(await banned(Object.fromEntries(files.map((file) => [file, code])))).toEqual([]);
  });

  it("a folder named docs or scripts inside app is production", async () => {
    const code = 'import "context7-mcp";\n';
    expect(await banned({ "app/docs/a.ts": code, "app/scripts/b.ts": code })).toEqual([
      "ban/import app/docs/a.ts",
      "ban/import app/scripts/b.ts",
    ]);
  });

  it("an empty repository, an empty file and a repository without the names", async () => {
    expect(await banned({ "app/empty.ts": "", "app/a.ts": "export const a = 1;\n" })).toEqual([]);
  });
});

describe("a production file that is not readable as code", () => {
  it("is reported where it holds a banned name", async () => {
    expect(await findings({ "app/a.ts": '\nimport "context7-mcp\n;;;(' })).toEqual([
      "ban/unparsable app/a.ts:2",
    ]);
  });

  it("is no matter where it does not, or where it is not production", async () => {
    expect(await banned({ "app/a.ts": "(((", "scripts/b.ts": 'import "context7-mcp\n(' })).toEqual([]);
  });

  it.each([
    ["brackets", "(", ")"],
    ["functions", "function a(){", "}"],
    ["arrows", "a=>", ""],
  ])("is reported, and does not end the process, where %s nest too deeply", async (_, open, close) => {
    const code = `import "context7-mcp";\nx = ${open.repeat(60_000)}1${close.repeat(60_000)};\n`;
    expect(await banned({ "app/a.ts": code })).toEqual(["ban/unparsable app/a.ts"]);
  });
});
