// biome-ignore-all lint/suspicious/noTemplateCurlyInString: these are texts of programs

import { describe, expect, it } from "vitest";
import { findings } from "./scan-ban.ts";

describe("a name that constants of a file put together", () => {
  it.each([
    'const q = "mcp"; require("context7-" + q);',
    'const q = "mcp"; require(`context7-${q}`);',
    'const p = "context7-"; require(p + "mcp");',
    'const p = "context7-", q = "mcp"; require(`${p}${q}`);',
    'const p = "chrome-devtools"; require(p + "-mcp");',
    'const p = "con"; await import(p + "text7-mcp");',
    'const p = "con", q = "text7-mcp"; await import(`${p}${q}`);',
    'const q = "x2d", r = "mcp"; require("context7" + "\\x2d" + r);',
    'const q = "mcp"; require("chrome-devtools-" + q);',
    'const q = "7-", r = "mcp"; require("@upstash/context" + q + r);',
  ])("is found: %s", async (code) => {
    expect(await findings({ "app/a.js": `${code}\n` })).toEqual(["ban/import app/a.js:1"]);
  });

  it("is found in what a call starts", async () => {
    const code = 'const name = "mcp";\nspawn("npx", ["-y", `context7-${name}`]);\n';
    expect(await findings({ "app/a.js": code })).toEqual(["ban/spawn app/a.js:2"]);
  });

  it.each([
    'const q = "tools"; require("context7-" + q); log("mcp");',
    'const q = process.env.Q; require("context7-" + q); log("mcp");',
    'const text = "context7-" + "mcp-tools"; require("mcp");',
    'import { devices } from "playwright"\nconst dash = "-" + "mcp"',
  ])("is not %s", async (code) => {
    expect(await findings({ "app/a.js": `${code}\n` })).toEqual([]);
  });

  it("is found in a file that is not UTF-8", async () => {
    const code = Buffer.concat([
      Buffer.from('const q = "mcp"; require("context7-" + q); // '),
      Buffer.from([0xff, 0x0a]),
    ]);
    expect(await findings({ "app/a.js": code })).toEqual(["ban/import app/a.js:1"]);
  });
});
