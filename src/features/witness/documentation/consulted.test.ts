import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { SeenLine } from "../seen-line.ts";
import { Consulted } from "./consulted.ts";
import { packageWords } from "./package-words.ts";
import { referenceWords } from "./reference-words.ts";

const read = (ref: string, tool = "web-fetch") => ({ ref, tool, action: "consult", at: 0 }) as SeenLine;
const isOf = (name: string, ref: string, tool?: string) =>
  new Consulted([read(ref, tool)], {}).of(name).length > 0;

describe("documentation of a package", () => {
  it.each([
    ["react", "https://react.dev/reference/react/useState"],
    ["react-dom", "https://react.dev/reference/react-dom"],
    ["next", "https://nextjs.org/docs/app"],
    ["next", "context7:/vercel/next.js"],
    ["next", "mcp://context7/get-library-docs/vercel/next.js"],
    ["vitest", "https://v3.vitest.dev/guide/"],
    ["@tanstack/react-query", "https://tanstack.com/query/latest"],
    ["@tanstack/react-query", "https://github.com/TanStack/query"],
    ["@shopify/polaris", "https://shopify.dev/docs/api"],
    ["lodash", "https://lodash.com/docs"],
    ["express", "https://expressjs.com/en/5x/api.html"],
    ["zod", "https://www.npmjs.com/package/zod?activeTab=readme"],
    ["@babel/core", "https://www.npmjs.com/package/@babel/core"],
    ["@types/node-fetch", "https://www.npmjs.com/package/node-fetch"],
    ["fastify", "https://github.com/fastify/fastify/blob/main/docs/Reference/Hooks.md"],
    ["pino", "repo:node_modules/pino/docs/api.md"],
    ["pino", "repo:packages/api/node_modules/pino/README.md"],
  ])("%s is at %s", (name, ref) => expect(isOf(name, ref)).toBe(true));

  it.each([
    ["react", "https://example.com/react"],
    ["react", "https://www.npmjs.com/package/react-query"],
    ["@testing-library/react", "https://react.dev/reference"],
    ["core", "https://core.example.com/"],
    ["next", "https://example.com/what/next"],
    ["pino", "repo:src/pino.ts"],
    ["zod", "https://github.com/someone/zodiac"],
    ["pino", "repo:node_modules/pino/node_modules/sonic-boom/README.md"],
  ])("%s is not at %s", (name, ref) => expect(isOf(name, ref)).toBe(false));

  it("is what the server of a vendor serves", () => {
    expect(isOf("@shopify/app-bridge", "mcp://shopify-dev/search", "shopify-dev")).toBe(true);
    expect(isOf("react", "mcp://shopify-dev/search", "shopify-dev")).toBe(false);
  });

  it("is where the config says, by host, path and part of the reference", () => {
    const given = { "@acme/*": ["docs.widgets.dev", "widgets.example/sdk", "/widgets/"] };
    const of = (ref: string) => new Consulted([read(ref)], given).of("@acme/kit").length;
    expect(
      [
        "https://docs.widgets.dev/a",
        "https://v2.docs.widgets.dev",
        "https://widgets.example/sdk/x",
        "context7:/widgets/core",
      ].map(of),
    ).toEqual([1, 1, 1, 1]);
    expect(["https://widgets.example/blog", "https://notdocs.widgets.dev.example"].map(of)).toEqual([0, 0]);
  });

  it("is asked for in any text without failing", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), fc.string({ unit: "binary" }), (ref, name) => {
        expect(referenceWords({ ref, tool: name }).length).toBeGreaterThan(0);
        expect(packageWords(name).length).toBeGreaterThan(0);
      }),
      { numRuns: 50 },
    );
  });
});
