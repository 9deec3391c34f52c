import { expect, it } from "vitest";
import { fileOfId } from "./build-graph.ts";

it("finds the file in the module ids of bundlers", () => {
  const ids: [string, string | null][] = [
    ["/app/src/a.ts", "/app/src/a.ts"],
    ["/app/src/a.vue?vue&type=script&lang.ts", "/app/src/a.vue"],
    ["\0/app/node_modules/x/index.js?commonjs-proxy", "/app/node_modules/x/index.js"],
    ["\0commonjs-proxy:/app/x.js", "/app/x.js"],
    ["C:\\app\\a.ts", "C:\\app\\a.ts"],
    ["C:/app/a.ts?v=1", "C:/app/a.ts"],
    ["/app/c#/a.ts", "/app/c#/a.ts"],
    ["\0rolldown/runtime.js", null],
    ["virtual:pages", null],
    ["context7-mcp", null],
    ["", null],
  ];
  for (const [id, file] of ids) expect(fileOfId(id), id).toBe(file);
});
