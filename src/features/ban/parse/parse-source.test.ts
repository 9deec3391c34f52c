import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { parseSource } from "./parse-source.ts";

const LINES = [
  'import a from "a";',
  'import "./side";',
  'import type { T } from "types";',
  'import { type U } from "inline";',
  'import type from "named-type";',
  'import V, { type W } from "x";',
  'import {} from "empty";',
  'import type {} from "nothing";',
  'export * from "star";',
  'export * as ns from "ns";',
  'export type { X } from "export-type";',
  'export { y, type Z } from "mixed";',
  'export type * from "star-type";',
  'export {} from "empty-export";',
  'await import("dynamic");',
  'const r = require("required");',
  "// é 𝒳 `\n/* import 'comment' */",
  'const é = "𝒳";',
  'import escaped from "\\x61\\u{62}";',
  'declare module "m" { import t from "ambient" }',
  "import.meta.url;",
];

const places = async (code: string, edgesOnly: boolean) =>
  (await parseSource("a.ts", code, { banned: null, edgesOnly })).statements;

describe("reading a module", () => {
  it("says the same from the parser's record as from its syntax tree", async () => {
    await fc.assert(
      fc.asyncProperty(fc.shuffledSubarray(LINES, { minLength: 1 }), async (lines) => {
        const code = lines.join("\n");
        const tree = (await places(code, false)).filter(({ specifier }) => specifier !== "ambient");
        const record = (await places(code, true)).filter(({ specifier }) => specifier !== "ambient");
        expect(record).toEqual(tree);
      }),
      { numRuns: 200 },
    );
  });

  it("finds what each line names", async () => {
    const code = LINES.filter(
      (line) => !/require|import\(|import\.meta|\{\} from "empty-export|\\u/.test(line),
    ).join("\n");
    expect((await places(code, true)).map(({ specifier, typeOnly }) => [specifier, typeOnly])).toEqual([
      ["a", false],
      ["./side", false],
      ["types", true],
      ["inline", true],
      ["named-type", false],
      ["x", false],
      ["empty", false],
      ["nothing", true],
      ["star", false],
      ["ns", false],
      ["export-type", true],
      ["mixed", false],
      ["star-type", true],
    ]);
  });

  it("counts lines and columns in characters, from 1", async () => {
    const code = '/* é𝒳 */ import a from "a";\r\n\tawait import("b");\n';
    expect(await places(code, false)).toMatchObject([
      { specifier: "a", line: 1, column: 11 },
      { specifier: "b", line: 2, column: 8 },
    ]);
  });

  it("never throws, whatever the text and the kind of file", async () => {
    const path = fc.constantFrom(
      "a.ts",
      "a.js",
      "a.tsx",
      "a.d.ts",
      "a.vue",
      "a.svelte",
      "a.astro",
      "a.mdx",
      "a.html",
      "a.cts",
    );
    const text = fc.oneof(
      fc.string(),
      fc.stringMatching(/^(<script[^>]{0,9}>|<\/script>|---|import|["'`{}();\n ]){0,20}$/),
    );
    await fc.assert(
      fc.asyncProperty(path, text, async (file, code) => {
        const { statements } = await parseSource(file, code, { banned: null, edgesOnly: false });
        for (const { line } of statements) expect(line).toBeGreaterThan(0);
      }),
      { numRuns: 500 },
    );
  });
});
