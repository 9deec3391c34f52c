// Who may import whom. Each rule has its reason, and a planted fault in test/architecture/planted-faults.ts.

import { readFileSync } from "node:fs";

/** The feature graph: a feature may use these others, through their index.ts. Changing it takes a decision record. */
const MAY_USE = {
  fleet: [],
  audit: [],
  agent: ["fleet"],
  token: ["fleet", "agent"],
  person: ["fleet", "agent"],
  message: ["agent"],
  task: ["agent", "token", "record", "message"],
  day: ["task", "message", "heartbeat", "reservation", "ci", "health", "doctor"],
  health: ["doctor", "work", "ban", "evidence", "forge"],
  reservation: ["fleet", "task"],
  receipt: ["record", "config", "fleet", "token"],
  sync: ["fleet", "token", "record", "evidence", "heartbeat", "guard", "verdict", "receipt"],
  work: ["doctor", "task", "reservation", "config", "record", "evidence", "heartbeat", "ban", "guard", "run"],
  config: [],
  verdict: [],
  record: ["config"],
  proxy: ["recorder", "record", "evidence", "config"],
  recorder: ["record", "evidence"],
  transcript: ["record", "recorder", "evidence"],
  hook: ["recorder", "record"],
  run: ["recorder", "record", "config", "evidence"],
  telemetry: ["fleet", "agent", "record", "evidence", "heartbeat", "transcript"],
  evidence: ["config", "record", "verdict", "fleet", "receipt"],
  heartbeat: ["config", "record", "verdict", "agent", "task"],
  ban: ["config", "verdict"],
  guard: ["config", "record", "evidence", "heartbeat", "ban", "verdict", "witness", "fleet"],
  witness: ["config", "recorder", "record", "evidence", "ban", "run"],
  forge: ["config", "guard", "fleet"],
  init: ["config", "ban", "guard", "verdict", "hook"],
  doctor: ["config", "record", "guard", "init"],
  ci: ["config", "evidence", "guard"],
};
/** What growth-engine-server brings along, from its own package.json. */
const SERVER_PACKAGES = Object.keys(
  JSON.parse(readFileSync(new URL("server/package.json", import.meta.url), "utf8")).dependencies,
);
/** The half that works in any checkout and never asks a server. Of some features, `live/` is the other half. */
const REPOSITORY_HALF =
  "^src/features/((config|verdict|ban|init|doctor|recorder|hook|proxy|transcript|witness|run)/|(record|receipt|evidence|heartbeat|guard|forge|ci)/(?!live/))";
/** Features, and halves of features, that are nothing without a server. */
const CONTROL_PLANE =
  "^src/features/((fleet|agent|token|person|task|reservation|message|day|audit|sync|telemetry|health/server)|(record|receipt|evidence|heartbeat|guard|forge|ci)/live)/";
const FEATURES = Object.keys(MAY_USE);

const TEST = "[.]test[.]tsx?$";
const ADAPTER = "/(commands|[a-z-]+-command|routes|tools|jobs|migrations|health)[.]ts$|/page[.]tsx$";
const CONTRACT = "/contract[.]ts$";
/** A feature of two halves has a door for each, and one for what the command line keeps when the server is away. */
const DOOR = "^src/features/[^/]+/(live/|live/spool/)?index[.]ts$";
const WAY_IN = "^src/entrypoints/[^/]+/(main|index)[.]tsx?$";
const JUDGE = "/(rules|judge-[^/]+)[.]ts$";

const layers = [
  {
    name: "features-never-look-up",
    comment:
      "A feature that knows a way in cannot be used from another one: entrypoints call, they are not called.",
    from: { path: "^src/(features|platform|vocabulary)/" },
    to: { path: "^src/entrypoints/" },
  },
  {
    name: "platform-knows-no-feature",
    comment: "What any product needs must not depend on what this product is about.",
    from: { path: "^src/(platform|vocabulary)/" },
    to: { path: "^src/features/" },
  },
  {
    name: "vocabulary-is-a-leaf",
    comment:
      "Words are safe everywhere, the browser included, because they need nothing: no layer, no package, no Node.",
    from: { path: "^src/vocabulary/", pathNot: TEST },
    to: { pathNot: "^src/vocabulary/" },
  },
  {
    name: "shipped-code-needs-no-test-code",
    comment: "What ships must not lean on tests, tools or benchmarks: they are not in the package.",
    from: { path: "^src/", pathNot: TEST },
    to: { path: [TEST, "^(test|tools|bench)/"] },
  },
  {
    name: "entry-uses-adapters-only",
    comment: "An entrypoint wires; a use case called past its adapter would escape the adapter's checks.",
    from: { path: "^src/entrypoints/", pathNot: TEST },
    to: { path: "^src/features/", pathNot: [ADAPTER, CONTRACT, DOOR] },
  },
];

const features = [
  {
    name: "feature-door-only",
    comment:
      "index.ts is the only door of a feature: what lies behind it can then change without asking anybody.",
    from: { path: "^src/features/([^/]+)/" },
    to: { path: "^src/features/", pathNot: ["^src/features/$1/", DOOR] },
  },
  ...FEATURES.map((feature) => ({
    name: `feature-graph-${feature}`,
    comment: `${feature} may use ${MAY_USE[feature].join(", ") || "no other feature"}; a new arrow is a decision (docs/decisions/), not an import.`,
    from: { path: `^src/features/${feature}/` },
    to: {
      path: "^src/features/",
      pathNot: `^src/features/(${[feature, ...MAY_USE[feature]].join("|")})/`,
    },
  })),
  {
    name: "unknown-feature",
    comment: "A feature stands in the graph before anybody uses it, so that its place was thought about.",
    from: {},
    to: { path: "^src/features/[^/]+/", pathNot: `^src/features/(${FEATURES.join("|")})/` },
  },
  {
    name: "commands-load-lazily",
    comment:
      "Naming the commands of a feature must cost nothing: the work behind a verb is loaded when the verb runs.",
    from: { path: "/commands[.]ts$" },
    to: {
      dynamic: false,
      dependencyTypesNot: ["type-only", "pre-compilation-only"],
      pathNot: ["^src/vocabulary/", "^src/platform/(terminal|errors)/", "/[a-z]+-options[.]ts$"],
    },
  },
];

const purity = [
  {
    name: "judges-do-no-io",
    comment:
      "A verdict is a pure function of facts, so that the same commits always give the same verdict and tests need no mocks.",
    from: { path: JUDGE },
    to: { dependencyTypes: ["core"] },
  },
  {
    name: "judges-see-no-world",
    comment:
      "A judge that can reach git, files or the clock will one day ask them, and the verdict is no longer reproducible.",
    from: { path: JUDGE },
    to: {
      path: "^src/platform/(git|files|clock|database|http|github|notify|jobs)/",
      dependencyTypesNot: ["type-only"],
    },
  },
  {
    name: "guards-never-contact-a-server",
    comment:
      "The repository half works with files and git only; a guard that can reach the network can be made to wait, leak or lie. `run` reads its own pipes through a socket object of Node, which knows no address.",
    from: {
      path: "^src/(features|platform|vocabulary|entrypoints/cli)/",
      pathNot: [TEST, "^src/platform/(http|database|notify|github)/", "^src/features/run/open-pipes[.]ts$"],
    },
    to: { path: "^(node:)?(http|https|http2|net|tls|dns|dgram)(/|$)", dependencyTypes: ["core"] },
  },
  {
    name: "only-forge-asks-github",
    comment:
      "What a forge says is asked for in one place and handed to the guards as facts: a guard that asks by itself gives another verdict when the forge is slow.",
    from: { path: "^src/", pathNot: [TEST, "^src/platform/github/", "^src/features/forge/"] },
    to: { path: "^src/platform/github/", dependencyTypesNot: ["type-only"] },
  },
  {
    name: "nothing-is-run",
    comment:
      "Nothing of a repository is ever run: git is started in one place with safe settings, the ban tries code that could crash the parser in a process of its own, the runtime hook takes hold of the functions that start a process without calling them for itself, and `ci simulate` runs the built action of Growth Engine itself, as installed or as the caller names it, never a copy that the repository holds, the control plane starts the PostgreSQL that it brings along, and `task start` runs the set-up commands of a repository, each only after this user approved exactly it (docs/decisions/0023-work.md), and `health` starts MCP servers under the same approval (docs/decisions/0028-health.md), and the recording proxy starts the server that its caller names (docs/decisions/0030-proxy.md), and `run` runs what its caller types after it (docs/decisions/0033-recorded-runs.md).",
    from: {
      path: "^src/",
      pathNot: [
        TEST,
        "^src/platform/git/",
        "^src/entrypoints/runtime/hook-spawns[.]ts$",
        "^src/features/ban/parse/(measure-nesting|wasm/parse-with-deep-stack)[.]ts$",
        "^src/features/ci/run/run-tool[.]ts$",
        "^src/platform/database/embedded/run-program[.]ts$",
        "^src/features/work/start/run-set-up[.]ts$",
        "^src/features/run/(pass-through|open-pipes)[.]ts$",
        "^src/features/health/mcp/spawn-server[.]ts$",
        "^src/features/proxy/upstream/spawn-upstream[.]ts$",
      ],
    },
    to: { path: "^(node:)?child_process$", dependencyTypes: ["core"] },
  },
  {
    name: "repository-half-knows-no-server",
    comment:
      "What runs in CI and before a push works with git alone: the control plane, its database and its client stay out of it.",
    from: { path: REPOSITORY_HALF, pathNot: TEST },
    to: {
      path: [
        "^src/platform/(client|server|database|jobs|endpoint|group-commit)/",
        CONTROL_PLANE,
        "node_modules/(zod|fastify|kysely|pg)/",
      ],
    },
  },
  {
    name: "client-loads-no-schema",
    comment:
      "The command line knows endpoints by their types; schemas would make every command load the library behind them.",
    from: {
      path: "^src/(platform/client/|entrypoints/cli/|features/.+((commands|verbs)[.]ts$|/(verbs|start|complete|spool|import/readers)/))",
      pathNot: TEST,
    },
    to: {
      path: "node_modules/(zod|fastify|kysely|pg)/|^src/platform/(endpoint|server|database|jobs)/|/contract[.]ts$",
      dependencyTypesNot: ["type-only"],
    },
  },
  {
    name: "tools-of-a-checkout-load-no-server",
    comment:
      "`mcp serve` is a part of the small package: it knows endpoints by their contracts and asks the control plane like anybody else.",
    from: { path: "^src/(entrypoints|platform)/mcp/", pathNot: TEST },
    to: {
      path: "^src/platform/(server|database|jobs|group-commit)/|/(routes|jobs|migrations|[a-z-]*store)[.]ts$|node_modules/(fastify|kysely|pg)/",
      dependencyTypesNot: ["type-only"],
    },
  },
  {
    name: "protocol-in-one-place",
    comment:
      "What the Model Context Protocol asks of a server is met in one place for both transports, so that they cannot differ.",
    from: { path: "^src/", pathNot: ["^src/platform/mcp/", "^src/platform/server/mount-mcp[.]ts$", TEST] },
    to: { path: "node_modules/@modelcontextprotocol/server/" },
  },
  {
    name: "globs-in-one-place",
    comment: "One meaning of `*` in all of the product: matching goes through platform/globs.",
    from: { path: "^src/", pathNot: "^src/platform/globs/" },
    to: { path: "node_modules/(picomatch|micromatch|minimatch|fast-glob)/" },
  },
  {
    name: "only-store-touches-database",
    comment:
      "SQL of a feature stands in one file, so that a reader of the schema knows who reads and writes it.",
    from: { path: "^src/features/", pathNot: ["/(store|[a-z-]+-store)[.]ts$", TEST] },
    to: { path: "^src/platform/database/|node_modules/(kysely|pg)/", dependencyTypesNot: ["type-only"] },
  },
];

const worlds = [
  {
    name: "contract-is-browser-safe",
    comment: "What crosses a wire is read on both of its ends: schemas and words only.",
    from: { path: CONTRACT },
    to: { pathNot: ["^src/vocabulary/", "^src/platform/endpoint/", CONTRACT, "node_modules/zod/"] },
  },
  {
    name: "browser-world",
    comment: "A screen knows contracts and words; the server's code would drag Node into the browser.",
    from: { path: "[.]tsx$" },
    to: { path: "^src/", pathNot: ["[.]tsx$", CONTRACT, "^src/vocabulary/", "^src/entrypoints/dashboard/"] },
  },
  {
    name: "browser-world-no-node",
    comment: "A browser has no Node built-ins.",
    from: { path: "[.]tsx$|^src/entrypoints/dashboard/" },
    to: { dependencyTypes: ["core"] },
  },
  {
    name: "server-world",
    comment: "Server code that imports a screen would load React into every process.",
    from: { path: "^src/.*[.]ts$", pathNot: "^src/entrypoints/dashboard/" },
    to: { path: "[.]tsx$" },
  },
  {
    name: "hook-stays-light",
    comment:
      "The hook runs on every tool call: what writes lines, and Node built-ins. What its built file holds is asserted in test/startup.",
    from: { path: "^src/(entrypoints|features)/hook/", pathNot: [TEST, "/(commands|show-hosts)[.]ts$"] },
    to: {
      pathNot: "^src/(entrypoints/hook|features/(hook|recorder)|platform/(clock|errors)|vocabulary)/",
      dependencyTypesNot: ["core", "type-only"],
    },
  },
  {
    name: "runtime-takes-no-package",
    comment:
      "The runtime hook runs before a user's program in production: what it loads must not be able to fail or to differ there.",
    from: { path: "^src/entrypoints/runtime(-loader|-config)?/", pathNot: TEST },
    to: { dependencyTypes: ["npm", "npm-dev", "npm-optional", "npm-peer"] },
  },
  {
    name: "bundlers-are-the-users",
    comment:
      "The plugin runs inside the bundler that the user has: of a bundler it may know the types, never load a copy.",
    from: { path: "^src/", pathNot: TEST },
    to: {
      path: "node_modules/(vite|rollup|rolldown|webpack|@rspack/core|esbuild)/",
      dependencyTypesNot: ["type-only"],
    },
  },
];

const hygiene = [
  {
    name: "no-cycles",
    comment: "Files in a circle can only be understood, tested and loaded together.",
    from: {},
    to: { circular: true },
  },
  {
    name: "no-folder-cycles",
    comment: "Features in a circle are one feature in several folders.",
    scope: "folder",
    from: { path: "^src/features/[^/]+$" },
    to: { circular: true },
  },
  {
    name: "no-dead-files",
    comment: "A file that no way in reaches is not shipped: delete it, or use it.",
    from: { path: WAY_IN },
    to: { path: "^src/", pathNot: [TEST, DOOR, WAY_IN], reachable: false },
  },
  {
    name: "every-import-resolves",
    comment: "An import that leads nowhere fails at the user's, not here.",
    from: {},
    to: { couldNotResolve: true },
  },
  {
    name: "only-declared-packages",
    comment: "A package that no package.json of ours names is there by accident, at an accidental version.",
    from: {},
    to: {
      dependencyTypes: ["npm-no-pkg", "npm-unknown"],
      pathNot: `node_modules/(${SERVER_PACKAGES.join("|")})/`,
    },
  },
];

export default {
  forbidden: [...layers, ...features, ...purity, ...worlds, ...hygiene].map((rule) => ({
    severity: "error",
    ...rule,
  })),
  options: {
    tsPreCompilationDeps: true,
    tsConfig: { fileName: "tsconfig.json" },
    doNotFollow: { path: "node_modules" },
    enhancedResolveOptions: {
      extensions: [".ts", ".tsx", ".js"],
      conditionNames: ["import", "require", "node", "default", "types"],
      exportsFields: ["exports"],
    },
  },
};
