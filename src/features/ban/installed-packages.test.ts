import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { describe, expect, it } from "vitest";
import { temporaryFolder } from "../../../test/harness/temporary-repository.ts";
import { moduleBan } from "./module-ban.ts";

const ROOT = temporaryFolder();
const FILES: Record<string, string> = {
  "package.json": `{ "name": "shop" }`,
  "node_modules/docs/package.json": `{ "name": "@upstash/context7-mcp" }`,
  "node_modules/docs/dist/esm/package.json": `{ "type": "module" }`,
  "node_modules/nameless/package.json": `{ "version": "1.0.0" }`,
  "node_modules/broken/package.json": `{ "name": `,
  "node_modules/list/package.json": "null",
  "tools/package.json": `{ "name": "chrome-devtools-mcp" }`,
  "sub/node_modules/docs/package.json": `{ "name": "docs" }`,
};
for (const [path, text] of Object.entries(FILES)) {
  mkdirSync(dirname(join(ROOT, path)), { recursive: true });
  writeFileSync(join(ROOT, path), text);
}
const ban = moduleBan([]);
const ofFile = (path: string) => ban.ofFile(join(ROOT, path));

describe("the ban over modules", () => {
  it("knows a file by the package that holds it, whatever its folder is called", () => {
    expect(ofFile("node_modules/docs/dist/esm/index.js")).toBe("@upstash/context7-mcp");
    expect(ofFile("tools/src/deep/index.js")).toBe("chrome-devtools-mcp");
    expect(ofFile("node_modules/context7-mcp/gone.js")).toBe("context7-mcp");
  });

  it("takes no name from above the package that a file belongs to", () => {
    expect(moduleBan(["shop"]).ofFile(join(ROOT, "node_modules/nameless/index.js"))).toBe(null);
    expect(moduleBan(["shop"]).ofFile(join(ROOT, "src/index.js"))).toBe("shop");
  });

  it("lets files without a readable manifest pass by their path", () => {
    for (const name of ["nameless", "broken", "list", "absent"])
      expect(ofFile(`node_modules/${name}/index.js`)).toBe(null);
    expect(ban.ofFile("\0virtual:context7-mcp")).toBe(null);
  });

  it("knows a specifier by what lies under its name where it is written", () => {
    expect(ban.ofSpecifier("docs/sub", join(ROOT, "src"))).toBe("@upstash/context7-mcp");
    expect(ban.ofSpecifier("docs", join(ROOT, "sub/src"))).toBe(null);
    expect(ban.ofSpecifier("chrome-devtools-mcp", "/nowhere")).toBe("chrome-devtools-mcp");
    for (const specifier of ["./docs", "/docs", "node:fs", "#docs", ""])
      expect(ban.ofSpecifier(specifier, join(ROOT, "src")), specifier).toBe(null);
  });
});
