import { describe, expect, it } from "vitest";
import { nameServer } from "./name-server.ts";

describe("what evidence calls a server", () => {
  it.each([
    ["npx -y @upstash/context7-mcp@latest --api-key x", "context7"],
    ["npx -y chrome-devtools-mcp@latest", "chrome-devtools"],
    ["npx @playwright/mcp@latest --headless", "playwright"],
    ["npx -y @shopify/dev-mcp@latest", "shopify-dev"],
    ["pnpm dlx @modelcontextprotocol/server-filesystem /work", "filesystem"],
    ["uvx mcp-server-fetch", "fetch"],
    ["python -m mcp_server_time", "time"],
    ["npx -y tavily-mcp@0.2", "web-search"],
    ["docker run -i --rm -e GITHUB_TOKEN=mcp-secret ghcr.io/github/github-mcp-server:latest", "github"],
    ["node /a/node_modules/@modelcontextprotocol/server-everything/dist/index.js stdio", "everything"],
    ["node tools/orders-mcp/dist/index.js", "orders"],
    ["/usr/local/bin/github-mcp-server stdio", "github"],
    ["https://mcp.context7.com/mcp", "context7"],
    ["https://api.githubcopilot.com/mcp/", "github"],
    ["http://127.0.0.1:3000/mcp", "mcp"],
  ])("%s", (words, name) => {
    expect(nameServer({ words: words.split(" ") })).toBe(name);
  });

  it("is what the caller says, before all", () => {
    expect(nameServer({ given: "My Docs!", words: ["npx", "x"], own: "Y" })).toBe("my-docs");
  });

  it("is what the server says where nothing else tells", () => {
    expect(nameServer({ words: ["node", "dist/index.js"], own: "Orders MCP server" })).toBe("orders");
  });
});
