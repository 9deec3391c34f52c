import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { BUILT_IN_BANS, bannedPackages, idleExceptions } from "./banned-packages.ts";

const builtIn = bannedPackages([]);
const anyBan = fc.constantFrom(...Object.keys(BUILT_IN_BANS));
const nameCharacters = fc.string({ unit: fc.constantFrom(..."abc7-._mcp"), minLength: 1, maxLength: 8 });

describe("match", () => {
  it.each([
    ["context7-mcp", "context7-mcp"],
    ["context7-mcp/dist/x.js", "context7-mcp"],
    ["context7-mcp@latest", "context7-mcp"],
    ["@upstash/context7-mcp@1.0/x", "@upstash/context7-mcp"],
    ["npm:context7-mcp@1", "context7-mcp"],
    ["npm:/@upstash/context7-mcp@1/x", "@upstash/context7-mcp"],
    ["docs@npm:@shopify/dev-mcp@1.2.3", "@shopify/dev-mcp"],
    ["raw-loader!context7-mcp?raw", "context7-mcp"],
    ["../node_modules/@shopify/dev-mcp/dist/index.js", "@shopify/dev-mcp"],
  ])("%s names %s", (specifier, name) => expect(builtIn.match(specifier)).toBe(name));

  it.each([
    "context7-mcp-helper",
    "my-context7-mcp",
    "@acme/context7-mcp",
    "./context7-mcp",
    "../lib/context7-mcp.ts",
    "/context7-mcp",
    "#context7-mcp",
    "node:context7-mcp",
    "https://x.example/context7-mcp",
    "file:///node_modules/context7-mcp/x",
    "virtual:context7-mcp",
    "context7-mcp:x",
    "context7-mcp is a server",
    "@upstash",
    "",
    ".",
    `context7-mcp/${"x".repeat(2_000)}`,
  ])("%j names none", (specifier) => expect(builtIn.match(specifier)).toBeNull());

  it("answers the bare name whatever version and subpath follow", () => {
    fc.assert(
      fc.property(anyBan, nameCharacters, nameCharacters, (name, version, path) => {
        expect(builtIn.match(`${name}@${version}/${path}`)).toBe(name);
        expect(builtIn.match(`${name}/${path}`)).toBe(name);
      }),
    );
  });

  it("never matches a name with letters before or after it", () => {
    fc.assert(
      fc.property(anyBan, nameCharacters, (name, more) => {
        expect(builtIn.match(name + more)).toBeNull();
        expect(builtIn.match(name.startsWith("@") ? `${more}${name}` : `${more}x${name}`)).toBeNull();
      }),
    );
  });

  it("answers a banned name or null, and quickly, whatever is asked", () => {
    const banned = bannedPackages(["@acme/*-mcp", "*devtools*"]);
    fc.assert(
      fc.property(fc.string({ maxLength: 3_000 }), (specifier) => {
        const name = banned.match(specifier);
        if (name !== null) expect(specifier).toContain(name);
      }),
    );
  });
});

describe("matchPath", () => {
  it.each([
    ["node_modules/context7-mcp/x.js", "context7-mcp"],
    ["../node_modules/.pnpm/context7-mcp@1.0.0/node_modules/context7-mcp/x.js", "context7-mcp"],
    ["webpack://app/./node_modules/@shopify/dev-mcp/dist/a.js", "@shopify/dev-mcp"],
    ["C:\\app\\node_modules\\@shopify\\dev-mcp\\a.js", "@shopify/dev-mcp"],
    ["node_modules/context7-mcp/node_modules/zod/index.js", "context7-mcp"],
    ["node_modules/context7-mcp-helper/x.js", null],
    ["node_modules/.bin/context7-mcp", null],
    ["my_node_modules/context7-mcp/x.js", null],
    ["src/context7-mcp/x.js", null],
  ])("%s lies in %s", (path, name) => expect(builtIn.matchPath(path)).toBe(name));
});

describe("a repository's own entries", () => {
  it("adds names and globs", () => {
    const banned = bannedPackages(["my-server", "@acme/*-mcp"]);
    expect(banned.match("my-server/x")).toBe("my-server");
    expect(banned.match("@acme/docs-mcp@1")).toBe("@acme/docs-mcp");
    expect(banned.match("@acme/docs")).toBeNull();
    expect(banned.match("chrome-devtools-mcp")).toBe("chrome-devtools-mcp");
  });

  it("takes a built-in name off", () => {
    const banned = bannedPackages(["!chrome-devtools-mcp"]);
    expect(banned.match("chrome-devtools-mcp")).toBeNull();
    expect(banned.names).not.toContain("chrome-devtools-mcp");
    expect(banned.match("context7-mcp")).toBe("context7-mcp");
  });

  it("spares one name of an added glob", () => {
    const banned = bannedPackages(["@acme/*", "!@acme/ui"]);
    expect(banned.match("@acme/ui/button")).toBeNull();
    expect(banned.match("@acme/dev")).toBe("@acme/dev");
  });

  it("tells exceptions that take nothing off", () => {
    const extra = ["@acme/*", "!@acme/ui", "!context7-mcp", "!@shopify/*", "!chrome-devtool-mcp"];
    expect(idleExceptions(extra)).toEqual(["!chrome-devtool-mcp"]);
  });
});

describe("names", () => {
  it("holds no needle that another one finds", () => {
    expect(builtIn.names).toEqual([
      "@shopify/mcp-server-dev",
      "@shopify/dev-mcp",
      "context7-mcp",
      "chrome-devtools-mcp",
    ]);
  });

  it.each([
    ["@acme/*", "@acme"],
    ["@acme/docs-*", "@acme/docs-"],
    ["{a,bbbbbbbb}-mcp", "-mcp"],
    ["@(aaaa|bbbb)-dev-server", "-dev-server"],
    ["[abcdefgh]-mcp?", "-mcp"],
  ])("takes from %s the needle %s", (glob, needle) => {
    expect(bannedPackages([glob]).names).toContain(needle);
  });

  it("stands in every name that matches", () => {
    const globs = ["@acme/*-mcp", "*devtools*", "{a,b}7-mcp", "c?7-*", "+(mcp)-a", "!(abc)mcp"];
    const banned = bannedPackages(globs);
    fc.assert(
      fc.property(nameCharacters, fc.boolean(), (text, scoped) => {
        const name = banned.match(scoped ? `@acme/${text}` : text);
        if (name !== null) expect(banned.names.some((needle) => name.includes(needle))).toBe(true);
      }),
      { numRuns: 2_000 },
    );
  });
});
