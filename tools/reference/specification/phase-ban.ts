import { type Row, under } from "./row.ts";
import { SHOWN } from "./shown.ts";

const PHASE = "Phase-Specific Processes > Phase 11: Dev MCP Ban";

/** Phase 11. */
export const PHASE_BAN: readonly Row[] = [
  ...under("Phase-Specific Processes", [
    [
      "Phase 11: Dev MCP Ban",
      "The feature `ban` and the guard `dev-mcp-ban`: development-only MCP servers never reach production code.",
      { now: ["command ban scan", "command guard ban"], shown: SHOWN.guards },
    ],
  ]),
  ...under(PHASE, [
    [
      "Daily Operations",
      "`ban scan` reads the whole tree, `ban scan --staged` what is about to be committed.",
      { now: ["command ban scan"], shown: SHOWN.scan },
    ],
    [
      "Weekly Maintenance",
      "The week's checklist holds the four steps below with the numbers of `guard trend`.",
      { now: ["command guard trend"], shown: SHOWN.trend, later: ["checklist ban-weekly"] },
    ],
  ]),
  ...under(`${PHASE} > Daily Operations`, [
    [
      "Production Safety Monitoring",
      "Production is what `ban.production` matches, or what `ban.entries` reach; the scan says how many files it saw.",
      { now: ["command ban scan", "config ban.production", "config ban.entries"], shown: SHOWN.scan },
    ],
    [
      "Compliance Enforcement",
      "`dev-mcp-ban` judges the whole tree at the head, whatever the range changed, with the rules of the base.",
      { now: ["command guard ban"], shown: SHOWN.guards },
    ],
  ]),
  ...under(`${PHASE} > Daily Operations > Production Safety Monitoring`, [
    [
      "Scan for banned imports",
      "Static, dynamic, re-exporting and `require` imports are read from the syntax tree, and the shortest chain from production is printed.",
      {
        now: [
          "rule ban/import",
          "rule ban/transitive",
          "rule ban/type-only",
          "rule ban/unparsable",
          "rule ban/unresolved",
        ],
        shown: SHOWN.scan,
      },
    ],
    [
      "Validate CI checks",
      "`guard ban` gives the same verdict for the same commits on any machine, and `error` when it could not tell.",
      { now: ["command guard ban", "command health"], shown: SHOWN.guards },
    ],
    [
      "Monitor build failures",
      "The bundler plugin fails the build itself and keeps each failure, with package and chain, in the git directory; `ban scan --bundle` judges what was built elsewhere. `ci status` counts failed builds over time, with those that the plugin failed.",
      {
        now: [
          "rule ban/bundle",
          "document docs/guides/bundler-and-runtime.md",
          "command ban scan --bundle",
          "command ci status",
        ],
        shown: SHOWN.ciHealth,
      },
    ],
    [
      "Track violation patterns",
      "`guard trend` counts violations by package, folder, agent and week from history: brought, gone again, still standing.",
      { now: ["command guard trend"], shown: SHOWN.trend, later: ["metric ban.violations"] },
    ],
  ]),
  ...under(`${PHASE} > Daily Operations > Compliance Enforcement`, [
    [
      "Enforce production safety rules",
      "Imports, manifest dependencies, started servers and MCP client configuration of production each have a rule at level `block`; the runtime hook refuses what loads or starts one all the same.",
      {
        now: [
          "rule ban/import",
          "rule ban/dependency",
          "rule ban/spawn",
          "document docs/guides/bundler-and-runtime.md",
        ],
        shown: SHOWN.runtime,
      },
    ],
    [
      "Block violating PRs",
      "A `fail` of `dev-mcp-ban` is exit 1 for a required check, and a refused push in the pre-receive hook.",
      { now: ["command guard ban", "command guard receive"], shown: SHOWN.receive },
    ],
    [
      "Educate developers",
      "Each finding says what, where and the edit that mends it; `guard explain` says which fact decided, and each rule has its page.",
      { now: ["command guard explain", "document docs/reference/rules/ban-import.md"], shown: SHOWN.explain },
    ],
    [
      "Update ban rules",
      "`ban.packages` adds names and globs or takes one off the built-in list, which is one reviewed file.",
      { now: ["config ban.packages", "config ban.allow"], shown: SHOWN.packages },
    ],
  ]),
  ...under(`${PHASE} > Weekly Maintenance`, [
    [
      "Review violation patterns",
      "`guard trend` shows the violations of each week beside the weeks before, by package, folder and agent.",
      { now: ["command guard trend"], shown: SHOWN.trend },
    ],
    [
      "Update ban rules",
      "A change to the ban in the config takes effect after the merge and is reported as `guard/self-change` before it.",
      { now: ["config ban.packages", "rule guard/self-change"], shown: SHOWN.selfChange },
    ],
    [
      "Optimize scanning performance",
      "The scan looks for the banned names in the bytes first and parses only what matters; bench/ holds the times beside four other tools.",
      { now: ["command ban scan", "document bench/README.md"], shown: SHOWN.scan },
    ],
    [
      "Review compliance metrics",
      "`guard trend` gives the share of merges that `dev-mcp-ban` passed; per repository of a fleet it is a metric.",
      { now: ["command guard trend"], shown: SHOWN.trend, later: ["metric ban.compliance"] },
    ],
  ]),
];
