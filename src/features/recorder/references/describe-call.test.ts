import { describe, expect, it } from "vitest";
import { describeCall } from "./describe-call.ts";

const say = (server: string, tool: string, input: unknown) => {
  const { docRef, purpose, action } = describeCall({ server, tool, input, root: "/work/shop" });
  return `${action} ${docRef} | ${purpose}`;
};

describe("what a line says of an MCP call", () => {
  it.each([
    [
      "context7",
      "get-library-docs",
      { context7CompatibleLibraryID: "/vercel/next.js", topic: "routing" },
      "consult https://context7.com/vercel/next.js | context7 get-library-docs: routing",
    ],
    [
      "context7",
      "resolve-library-id",
      { libraryName: "react router" },
      "consult https://context7.com/?q=react%20router | context7 resolve-library-id: react router",
    ],
    [
      "shopify-dev",
      "fetch_full_docs",
      { paths: ["/docs/api/admin-graphql"] },
      "consult https://shopify.dev/docs/api/admin-graphql | shopify-dev fetch_full_docs",
    ],
    [
      "shopify-dev",
      "search_docs_chunks",
      { prompt: "metafields" },
      "consult https://shopify.dev/search?query=metafields | shopify-dev search_docs_chunks: metafields",
    ],
    ["fetch", "fetch", { url: "https://nodejs.org/api/" }, "consult https://nodejs.org/api/ | fetch fetch"],
    [
      "github",
      "get_file_contents",
      { owner: "nodejs", repo: "node", path: "/lib/fs.js", ref: "main" },
      "consult https://github.com/nodejs/node/blob/main/lib/fs.js | github get_file_contents",
    ],
    [
      "github",
      "issue_read",
      { owner: "nodejs", repo: "node", issue_number: 7 },
      "consult https://github.com/nodejs/node/issues/7 | github issue_read",
    ],
    [
      "github",
      "create_issue",
      { owner: "a", repo: "b", title: "Broken" },
      "other https://github.com/a/b | github create_issue: Broken",
    ],
    [
      "filesystem",
      "read_text_file",
      { path: "/work/shop/a.md" },
      "consult repo:a.md | filesystem read_text_file",
    ],
    ["filesystem", "edit_file", { path: "a.ts", edits: [] }, "edit repo:a.ts | filesystem edit_file"],
    [
      "filesystem",
      "read_text_file",
      { path: "/etc/passwd" },
      "consult mcp://filesystem/read_text_file | filesystem read_text_file",
    ],
    [
      "chrome-devtools",
      "navigate_page",
      { url: "https://a.example/" },
      "consult https://a.example/ | chrome-devtools navigate_page",
    ],
    ["chrome-devtools", "click", { uid: "7" }, "other mcp://chrome-devtools/click | chrome-devtools click"],
    [
      "playwright",
      "browser_evaluate",
      {},
      "run mcp://playwright/browser_evaluate | playwright browser_evaluate",
    ],
    [
      "web-search",
      "brave_web_search",
      { query: "vitest pool" },
      "consult mcp://web-search/brave_web_search?q=vitest%20pool | web-search brave_web_search: vitest pool",
    ],
    ["constructor", "look", { q: "a" }, "consult mcp://constructor/look | constructor look: a"],
    ["own", "delete_all", null, "other mcp://own/delete_all | own delete_all"],
  ])("of %s %s", (server, tool, input, says) => {
    expect(say(server, tool, input)).toBe(says);
  });
});
