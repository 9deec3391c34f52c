import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { expect, it } from "vitest";
import { temporaryFolder } from "../../../../test/harness/temporary-repository.ts";
import { moduleBan } from "../module-ban.ts";
import type { BuildModule } from "./build-graph.ts";
import { locateImport } from "./locate-import.ts";

const ROOT = temporaryFolder();
const ban = moduleBan([]);

function write(path: string, text: string): string {
  mkdirSync(dirname(join(ROOT, path)), { recursive: true });
  writeFileSync(join(ROOT, path), text);
  return join(ROOT, path);
}

function target(file: string | null, external: string | null = null): BuildModule {
  return { id: "x", file, external, isEntry: false, isIncluded: true, imports: [] };
}

const MAIN = write(
  "src/main.ts",
  [
    `import type { Ask } from "context7-mcp";`,
    `import { a } from "./docs";`,
    `import { b } from "./lib/docs.js";`,
    `export * from "@/pages/home";`,
    `const c = () => import("docs/sub");`,
    `import { ask } from "context7-mcp/server";`,
  ].join("\n"),
);
write("node_modules/docs/package.json", `{ "name": "@upstash/context7-mcp" }`);

it("finds the statement that leads to a module", async () => {
  const lineTo = (module: BuildModule) => locateImport(MAIN, module, ban);
  expect(await lineTo(target(join(ROOT, "src/docs/index.ts")))).toBe(2);
  expect(await lineTo(target(join(ROOT, "src/lib/docs.ts")))).toBe(3);
  expect(await lineTo(target(join(ROOT, "src/pages/home.vue")))).toBe(4);
  expect(await lineTo(target(join(ROOT, "node_modules/docs/sub.js")))).toBe(5);
  expect(await lineTo(target(join(ROOT, "node_modules/context7-mcp/server.js")))).toBe(6);
  expect(await lineTo(target(null, "docs/sub"))).toBe(5);
  expect(await lineTo(target(join(ROOT, "src/elsewhere.ts")))).toBe(null);
});

it("answers nothing for a source that cannot be read", async () => {
  const module = target(join(ROOT, "src/docs.ts"));
  for (const text of [`import "./docs" from from`, `body { }`, "{".repeat(9_000)]) {
    const line = await locateImport(write("src/odd.ts", text), module, ban);
    expect([null, 1]).toContain(line);
  }
  expect(await locateImport(join(ROOT, "absent.ts"), module, ban)).toBe(null);
  expect(await locateImport(ROOT, module, ban)).toBe(null);
});
