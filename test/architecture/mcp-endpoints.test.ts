import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { ENDPOINTS } from "../../src/entrypoints/mcp/endpoints.ts";

const FEATURES = join(import.meta.dirname, "../../src/features");

/** Names of the endpoints that the contracts describe. */
function described(): string[] {
  const contracts = readdirSync(FEATURES, { recursive: true, encoding: "utf8" }).filter((path) =>
    /(^|[\\/])contract\.ts$/.test(path),
  );
  return contracts.flatMap((path) => {
    const text = readFileSync(join(FEATURES, path), "utf8");
    return [...text.matchAll(/endpoint\(\{\s*name: "(\w+)"/g)].map(([, name]) => name ?? "");
  });
}

it("every endpoint is a tool of `mcp serve` too: name its contract in src/entrypoints/mcp/endpoints.ts", () => {
  expect(ENDPOINTS.map(({ name }) => name).sort()).toEqual(described().sort());
});
