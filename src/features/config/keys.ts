import { LEVELS } from "../../vocabulary/level.ts";
import { RULE_NAMES } from "../../vocabulary/rules/index.ts";
import { RUN_KINDS } from "../../vocabulary/run-kind.ts";
import { ASSURANCE_LEVELS, SECTION_NAMES } from "./config.ts";

/** What a value may be. `map` is an object; `keys`, when given, closes its list of keys. */
export type Kind =
  | { type: "globs" | "texts"; oneOf?: readonly string[] }
  | { type: "duration" | "url" | "commands" }
  | {
      type: "map";
      keys?: readonly string[];
      of: { oneOf: readonly string[] } | { eachOf: readonly string[] } | "texts";
    };

/** One key of `growth-engine.json`: check, JSON Schema and reference page are made from this row. */
export interface Key {
  name: string;
  kind: Kind;
  default: unknown;
  says: string;
}

const CODE =
  "{ts,tsx,mts,cts,js,jsx,mjs,cjs,vue,svelte,astro,py,rb,go,rs,java,kt,kts,scala,swift,m,mm,c,h,cc,cpp,hpp,cs,fs,php,ex,exs,erl,clj,dart,lua,r,jl,pl,sh,bash,zsh,ps1,sql,graphql,gql,proto,tf,css,scss,less,html,liquid,hbs,ejs}";

/** Every key, in the order of the reference page (contract §1). */
export const KEYS: readonly Key[] = [
  {
    name: "evidence.code",
    kind: { type: "globs" },
    default: [`**/*.${CODE}`],
    says: "Files whose change needs evidence. Test code is code.",
  },
  {
    name: "evidence.nonCode",
    kind: { type: "globs" },
    default: [
      "docs/**",
      "**/*.{md,mdx,markdown,txt,rst,adoc}",
      "**/{fixtures,__fixtures__,mocks,__mocks__,__snapshots__}/**",
      "**/{generated,__generated__}/**",
      "**/*.{generated,gen}.*",
      "**/*.snap",
      "**/*.min.{js,css}",
      "**/{package-lock.json,npm-shrinkwrap.json,yarn.lock,pnpm-lock.yaml,bun.lock,bun.lockb,deno.lock,Cargo.lock,go.sum,poetry.lock,uv.lock,Gemfile.lock,composer.lock}",
      "**/package.json",
      "**/*.config.*",
      "**/{tsconfig,jsconfig}*.json",
      "**/*.{toml,yml,yaml,ini,cfg,json,jsonc,properties}",
      "**/.*rc",
      "**/.*rc.{js,cjs,mjs,json,yml,yaml}",
      ".growth-engine/**",
    ],
    says: "Files that need none, even where `evidence.code` matches.",
  },
  {
    name: "evidence.tools",
    kind: { type: "texts" },
    default: [],
    says: "The tools that evidence may name; empty allows any.",
  },
  {
    name: "evidence.requireTools",
    kind: { type: "map", of: "texts" },
    default: {},
    says: "Path glob, or `import:<package glob>`, to tools of which each must show in the evidence of a change there.",
  },
  {
    name: "evidence.require",
    kind: { type: "map", of: { oneOf: ASSURANCE_LEVELS } },
    default: {},
    says: "Path glob to the level of trust that evidence for a change there must have.",
  },
  {
    name: "heartbeat.requiredAfter",
    kind: { type: "duration" },
    default: "2h",
    says: "Work longer than this needs a heartbeat.",
  },
  {
    name: "heartbeat.staleAfter",
    kind: { type: "duration" },
    default: "15m",
    says: "Silence longer than this is a gap.",
  },
  {
    name: "ban.packages",
    kind: { type: "texts" },
    default: [],
    says: "Package names or globs, added to the built-in list; `!name` takes one off it.",
  },
  {
    name: "ban.production",
    kind: { type: "globs" },
    default: [
      "app/**",
      "src/**",
      "server/**",
      "lib/**",
      "packages/*/src/**",
      "apps/*/{app,src,server,lib}/**",
    ],
    says: "Production files.",
  },
  {
    name: "ban.allow",
    kind: { type: "globs" },
    default: [
      "scripts/**",
      "tests/**",
      "test/**",
      "docs/**",
      ".cursor/**",
      "**/*.{test,spec,stories}.*",
      "**/{__tests__,__mocks__}/**",
    ],
    says: "Files that are not production, even where `ban.production` matches.",
  },
  {
    name: "ban.entries",
    kind: { type: "texts" },
    default: [],
    says: "When given, production is what these files reach.",
  },
  {
    name: "pullRequest.sections",
    kind: { type: "texts", oneOf: SECTION_NAMES },
    default: [...SECTION_NAMES],
    says: "The sections that a pull request text must have.",
  },
  {
    name: "pullRequest.exempt",
    kind: { type: "texts" },
    default: [],
    says: "Forge identities (dependency bots) whose pull requests need no evidence or heartbeat. The ban still applies.",
  },
  {
    name: "pullRequest.override",
    kind: { type: "texts" },
    default: [],
    says: "Forge users, or teams as `@org/team`, whose approval of the head commit with reason and expiry turns fail into pass.",
  },
  {
    name: "receipts.keys",
    kind: { type: "texts" },
    default: [],
    says: "Public keys of the control plane, as `growth-engine receipt key` prints them: who signed a receipt is held against these.",
  },
  {
    name: "receipts.repositories",
    kind: { type: "texts" },
    default: [],
    says: "The control plane's names of this repository, such as `org/shop`; an old name beside the new one keeps old receipts good.",
  },
  {
    name: "rules",
    kind: { type: "map", keys: RULE_NAMES, of: { oneOf: LEVELS } },
    default: {},
    says: "Rule to `off`, `observe`, `warn` or `block`.",
  },
  {
    name: "task.setUp",
    kind: { type: "commands" },
    default: [],
    says: 'Commands that `task start` runs one after the other, each a list of a program and its arguments, such as `["npm", "ci"]`; each only after this user approved exactly it.',
  },
  {
    name: "server.url",
    kind: { type: "url" },
    default: null,
    says: "Address of the control plane.",
  },
  {
    name: "run.require",
    kind: { type: "map", of: { eachOf: RUN_KINDS } },
    default: {},
    says: "Path glob to the kinds of recorded runs that must have passed on what the head holds, when code there changed. Makes the guard `witness` part of `guard all`.",
  },
  {
    name: "witness.window",
    kind: { type: "duration" },
    default: "2m",
    says: "Two recorders that saw the same call may tell its time so far apart. Any key of `witness` makes the guard of that name part of `guard all`.",
  },
  {
    name: "witness.documentation",
    kind: { type: "map", of: "texts" },
    default: {},
    says: "Package glob to where its documentation is read, added to what is built in: a host (`docs.acme.dev`), host and path (`acme.dev/docs`), or a word of the reference (`/acme/sdk`).",
  },
];
