import type { Rule } from "./rule.ts";

/** Rules of dev-mcp-ban (contract §3). */
export const BAN_RULES = {
  "ban/import": {
    level: "block",
    says: "A production file imports or re-exports a banned package.",
    mend: "Move the import to a file that production does not reach, such as `scripts/`.",
  },
  "ban/transitive": {
    level: "block",
    says: "Production reaches a file that imports a banned package.",
    mend: "Cut one link of the chain.",
  },
  "ban/dependency": {
    level: "block",
    says: "A production manifest lists a banned package outside `devDependencies`.",
    mend: "Move it to `devDependencies`, or remove it.",
  },
  "ban/spawn": {
    level: "block",
    says: "Production code, its MCP client configuration or its scripts start a banned server.",
    mend: "Start the server from development tooling only.",
  },
  "ban/bundle": {
    level: "block",
    says: "Built output or its source map holds a banned package.",
    mend: "Find the import with `growth-engine ban scan`, cut it and build again.",
  },
  "ban/type-only": {
    level: "observe",
    says: "A production file imports only types of a banned package; the build erases them.",
    mend: "Nothing must be done; declaring the type locally removes the note.",
  },
  "ban/unparsable": {
    level: "block",
    says: "A production file is not readable as code, so its imports could not be seen.",
    mend: "Mend the syntax or the encoding (UTF-8), or take the file out of `ban.production`.",
  },
  "ban/unresolved": {
    level: "observe",
    says: "A local or workspace import of an examined file leads to no file of the tree.",
    mend: "Correct the path, or commit the file; a chain through it cannot be seen.",
  },
  "ban/section-missing": {
    level: "block",
    says: "The pull request text has no section `Dev MCP Check`.",
    mend: "Add what `growth-engine evidence section` prints.",
  },
  "ban/section-unfilled": {
    level: "block",
    says: "The section `Dev MCP Check` says nothing beyond the template.",
    mend: "Fill it with what `growth-engine evidence section` prints.",
  },
} as const satisfies Record<string, Rule>;
