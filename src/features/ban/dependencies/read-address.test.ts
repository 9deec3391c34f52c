import { describe, expect, it } from "vitest";
import { bannedPackages } from "../banned-packages.ts";

const { matchAddress } = bannedPackages(["@acme/dev-*"]);
const C7 = "@upstash/context7-mcp";

describe("an address of a banned package", () => {
  it.each([
    ["github:upstash/context7", C7],
    ["github:Upstash/Context7#v1.0.0", C7],
    ["upstash/context7", C7],
    ["docs@github:upstash/context7", C7],
    ["git+https://github.com/upstash/context7.git#main", C7],
    ["git+ssh://git@github.com/upstash/context7.git", C7],
    ["git@github.com:upstash/context7.git", C7],
    ["git://github.com/upstash/context7", C7],
    ["https://codeload.github.com/upstash/context7/tar.gz/main", C7],
    ["https://github.com/upstash/context7/archive/main.tar.gz", C7],
    ["https://api.github.com/x/tarball", null],
    ["github:Shopify/dev-mcp", "@shopify/dev-mcp"],
    ["github:somebody/context7-mcp", "context7-mcp"],
    ["git+https://example.com/group/sub/context7-mcp.git", "context7-mcp"],
    ["ChromeDevTools/chrome-devtools-mcp#semver:^1", "chrome-devtools-mcp"],
    ["https://registry.example.com/context7-mcp/-/context7-mcp-1.0.0.tgz", "context7-mcp"],
    ["https://registry.example.com/@upstash/context7-mcp/-/context7-mcp-1.0.0.tgz", C7],
    ["https://registry.example.com/npm/@upstash%2fcontext7-mcp/-/x-1.0.0.tgz", C7],
    ["https://example.com/files/context7-mcp-1.0.0-beta.1.tgz?token=x", "context7-mcp"],
    ["file:./vendor/upstash-context7-mcp-1.0.0.tgz", C7],
    ["./vendor/context7-mcp-1.0.0.tar.gz", "context7-mcp"],
    ["https://example.com/acme-dev-tools-1.0.0.tgz", "@acme/dev-tools"],
    ["https://esm.sh/context7-mcp@1/dist/x.js", "context7-mcp"],
    ["https://esm.sh/v135/@upstash/context7-mcp", C7],
    ["https://cdn.jsdelivr.net/npm/context7-mcp/+esm", "context7-mcp"],
    ["https://ga.jspm.io/npm:context7-mcp@1.0.0/x.js", "context7-mcp"],
    ["https://pkg.pr.new/upstash/context7/@upstash/context7-mcp@12", C7],
  ])("%s leads to %s", (address, name) => expect(matchAddress(address)).toBe(name));

  it.each([
    "github:upstash/context7-docs",
    "github:context7-mcp/website",
    "https://github.com/acme/context7",
    "https://registry.example.com/@acme/context7-mcp/-/context7-mcp-1.0.0.tgz",
    "https://registry.example.com/other/-/context7-mcp-1.0.0.tgz",
    "https://example.com/context7-mcp-tools-1.0.0.tgz",
    "file:./tools/context7-mcp",
    "file:../context7-mcp",
    "https://context7-mcp.fly.dev/mcp",
    "^1.0.0",
    "latest",
    "*",
    "",
    `github:upstash/context7${"x".repeat(3_000)}`,
  ])("is not %s", (address) => expect(matchAddress(address)).toBeNull());

  it("is taken off the list with its package", () => {
    expect(bannedPackages([`!${C7}`]).matchAddress("github:upstash/context7")).toBeNull();
  });
});
