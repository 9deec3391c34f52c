import { existsSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { portableFolder } from "../harness/portable-folder.ts";
import { type TemporaryRepository, temporaryRepository } from "../harness/temporary-repository.ts";

const cli = join(portableFolder(), "cli.cjs");

/** What the installed and the portable command line answer to the same words. */
async function both(repository: TemporaryRepository, words: string[]) {
  const [installed, portable] = await Promise.all([
    repository.runCli(words),
    repository.runCli(words, { file: cli }),
  ]);
  return { installed, portable };
}

/** Code in all the languages that production is written in, and two ways from it to a banned package. */
const SHOP = {
  "package.json": '{ "name": "shop", "workspaces": ["packages/*"], "dependencies": {} }\n',
  "tsconfig.json": '{ "compilerOptions": { "paths": { "~/*": ["./scripts/*"] } } }\n',
  "app/page.tsx": 'import { docs } from "~/docs";\nexport const Page = () => <p>{docs}</p>;\n',
  "app/card.jsx": 'export const Card = () => <a href="/">{import("@shop/tools")}</a>;\n',
  "app/list.vue":
    '<template><p/></template>\n<script lang="ts">\nimport c from "../scripts/docs";\nexport default c as string;\n</script>\n',
  "app/broken.ts": "import c from 'context7-mcp'\nexport const = 1;\n",
  "app/odd.js":
    "// @flow\nconst c = require('chrome-devtools-mcp'); export const big = 1n, odd = /(?<x>x)/v;\n",
  "app/start.ts":
    'import { spawn } from "node:child_process";\nspawn("npx", ["-y", "@upstash/context7-mcp"]);\n',
  "packages/tools/package.json": '{ "name": "@shop/tools", "main": "index.ts" }\n',
  "packages/tools/index.ts": 'export * from "context7-mcp";\n',
  "scripts/docs.ts":
    'import type { T } from "context7-mcp";\nimport c from "context7-mcp";\nexport const docs: T = c;\n',
};

describe("the portable build", () => {
  it("gives the same verdict as the installed one, byte for byte, and nothing on stderr", async () => {
    const repository = temporaryRepository({ "README.md": "# Shop\n" });
    repository.branch("work");
    for (const [path, content] of Object.entries(SHOP)) repository.write(path, content);
    repository.commit("Sell things");
    const { installed, portable } = await both(repository, ["guard", "all", "--base", "main", "--json"]);
    expect(portable).toEqual(installed);
    expect(portable).toMatchObject({ code: 1, err: "" });
    for (const rule of ["ban/import", "ban/transitive", "ban/spawn", "ban/unparsable", "ban/type-only"]) {
      expect(portable.out).toContain(`"rule": "${rule}"`);
    }
  });

  it.each([
    ["nests as deep as in-place parsing goes", 1_200],
    ["nests deeper than its own stack", 2_400],
    ["nests beyond every stack", 200_000],
  ])("reads code that %s as the installed one does", async (_, depth) => {
    const deep = `import c from "context7-mcp";\nexport const x = ${"(".repeat(depth)}c${")".repeat(depth)};\n`;
    const repository = temporaryRepository({
      "app/deep.ts": deep,
      "app/next.ts": 'import "context7-mcp";\n',
    });
    const { installed, portable } = await both(repository, ["ban", "scan", "--head", "HEAD", "--json"]);
    expect(portable).toEqual(installed);
    expect(portable.out).toContain('"file": "app/next.ts"');
  });

  it("finds on disk what the tree does not hold, as the installed one does", async () => {
    const repository = temporaryRepository({
      ".gitignore": "generated\nnode_modules\n",
      "package.json": '{ "name": "shop", "workspaces": ["packages/*"] }\n',
      "app/a.ts": 'import "./generated/client";\nimport "./generated/absent";\nimport "context7-mcp";\n',
    });
    mkdirSync(join(repository.folder, "app/generated"), { recursive: true });
    writeFileSync(join(repository.folder, "app/generated/client.ts"), "export {};\n");
    const { installed, portable } = await both(repository, ["ban", "scan", "--json"]);
    expect(portable).toEqual(installed);
    expect(portable.out).toContain("generated/absent");
    expect(portable.out).not.toContain("generated/client");
  });

  it("reads built output as the installed one does", async () => {
    const repository = temporaryRepository({ "app/a.ts": "export {};\n" });
    mkdirSync(join(repository.folder, "out"));
    writeFileSync(
      join(repository.folder, "out/main.js"),
      'var r=require;r("context7-mcp");import("context7-mcp");\n',
    );
    const { installed, portable } = await both(repository, ["ban", "scan", "--bundle", "out", "--json"]);
    expect(portable).toEqual(installed);
    expect(portable).toMatchObject({ code: 1, err: "" });
  });

  it("needs no package beside it", () => {
    expect(existsSync(join(cli, "../node_modules"))).toBe(false);
    expect(existsSync(join(cli, "../package.json"))).toBe(false);
  });
});
