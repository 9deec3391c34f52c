import type { RuleName } from "../../../src/vocabulary/rules/index.ts";
import type { Story } from "./story.ts";

export const BAN_STORIES: Record<Extract<RuleName, `ban/${string}`>, Story> = {
  "ban/import": {
    why: "A development MCP server in production opens what it was built to open: source, documentation, a browser. Imports are read from the syntax tree, so that comments and look-alikes are no findings and escapes in the name do not hide it.",
    as: "ts",
    wrong: 'export * from "@shopify/mcp-server-dev/tools"; // in app/',
    right: 'const url = "https://example.fly.dev/mcp"; // context7-mcp is only named here',
  },
  "ban/transitive": {
    why: "The file that imports the package is a harmless script until production imports the script. The finding stands at the production file and shows the shortest chain.",
    as: "text",
    wrong: "app/route.ts:2 → scripts/docs.ts:7 → context7-mcp",
    right: "scripts/docs.ts:7 → context7-mcp   and nothing in app/ reaches scripts/docs.ts",
  },
  "ban/dependency": {
    why: "What stands in `dependencies` is installed in production, imported or not, and its install scripts run there. An npm alias does not hide it.",
    as: "json",
    wrong: '"dependencies": { "docs": "npm:context7-mcp@1" }',
    right: '"devDependencies": { "context7-mcp": "1" }',
  },
  "ban/spawn": {
    why: "A server need not be imported to run: `npx` fetches and starts it by name.",
    as: "ts",
    wrong: 'spawn("npx", ["-y", "context7-mcp"]); // in server/',
    right: 'spawn("npx", ["-y", "context7-mcp"]); // in scripts/',
  },
  "ban/bundle": {
    why: "What ships is the bundle. A plug-in, an alias or a stale cache can bring in what no source file imports; the source map says from where. The plugin `growth-engine/bundler` fails the build itself and names the chain.",
    as: "sh",
    wrong: "growth-engine ban scan --bundle dist   # dist/app.js.map names node_modules/context7-mcp/",
    right: "growth-engine ban scan --bundle dist   # no banned package inside",
  },
  "ban/type-only": {
    why: "`import type` is erased by the build, so nothing of the package reaches production. It is noted because a later edit of one word would change that.",
    as: "ts",
    wrong: 'import type { Tool } from "context7-mcp";',
    right: "interface Tool { name: string }",
  },
  "ban/unparsable": {
    why: "A production file whose imports cannot be seen cannot be called clean: could not tell is never a pass. `.js` files may hold JSX.",
    as: "ts",
    wrong: 'import { a from "./a"',
    right: 'import { a } from "./a";',
  },
  "ban/unresolved": {
    why: "An import of a local file or workspace package that leads to nothing in the tree is a place where a chain could go on unseen; it is reported instead of dropped.",
    as: "ts",
    wrong: 'import { price } from "./pirce.js";',
    right: 'import { price } from "./price.js";',
  },
  "ban/section-missing": {
    why: "The author states that the check was made, where the reviewer reads it. The section is asked for when code changed.",
    as: "markdown",
    wrong: "## Summary\nFaster prices.",
    right: "## Dev MCP Check\n- [x] No Dev MCP imports in production code",
  },
  "ban/section-unfilled": {
    why: "What stands word for word in the repository's template says nothing; nor do comments, code and placeholders.",
    as: "markdown",
    wrong: "## Dev MCP Check\n- [ ] No Dev MCP imports in production code",
    right: "## Dev MCP Check\n- [x] No Dev MCP imports in production code",
  },
};

export const GUARD_STORIES: Record<Extract<RuleName, `guard/${string}`>, Story> = {
  "guard/self-change": {
    why: "Rules, workflow, template and hooks decide about every later change. The guard takes them from the base, so that this change is judged by the old ones; the reviewer should know that it changes them for the next.",
    as: "text",
    wrong: "growth-engine.json | 2 +-",
    right: "src/price.ts       | 2 +-",
  },
};
