/** By what a server can be told. */
export interface ServerSigns {
  /** What the caller calls it. */
  given?: string | undefined;
  /** The words that start it, or its address alone. */
  words: readonly string[];
  /** What it calls itself. */
  own?: string | undefined;
}

/** Programs that start another one, which one of their words names. */
const LAUNCHERS =
  /^(npx|npm|pnpm|pnpx|yarn|bun|bunx|uv|uvx|pipx|node|deno|python[\d.]*|docker|podman|tsx|env|cmd|sh)(\.exe|\.cmd)?$/;
const SUBCOMMANDS = new Set(["dlx", "exec", "run", "x", "tool", "start", "/c"]);
const CONTAINERS = /^(docker|podman)$/;
/** Parts of a path that say nothing of whose it is. */
const PLAIN_PARTS = /^(index|main|server|cli|mcp|dist|build|src|bin|lib|out|stdio|\.|\.\.|)$/i;
const ENDING = /\.(c|m)?(js|ts|py|rb|exe|cmd|sh)$/i;
const AFFIXES =
  /^(mcp[-_]server[-_]|server-|mcp[-_])|(-mcp-server|-server-mcp|-mcp|-server|[-_]mcp[-_]server)$/i;
/** Words that say nothing without the name before them. */
const BARE = /^(mcp|server|mcp-server|dev|cli|)$/i;

/** Other names of the same thing, as evidence calls it. */
const ALIASES: Readonly<Record<string, string>> = {
  "brave-search": "web-search",
  brave: "web-search",
  tavily: "web-search",
  exa: "web-search",
  "duckduckgo-search": "web-search",
  duckduckgo: "web-search",
  ddg: "web-search",
  searxng: "web-search",
  githubcopilot: "github",
};

function slug(text: string): string {
  return text
    .toLowerCase()
    .replace(/[^a-z0-9._-]+/g, "-")
    .replace(/^[^a-z0-9]+|[^a-z0-9]+$/g, "")
    .slice(0, 60);
}

function bare(base: string): string {
  const once = base.replace(AFFIXES, "");
  return once.replace(AFFIXES, "");
}

/** `@upstash/context7-mcp@1.2.3`, `mcp-server-fetch==1`, `ghcr.io/github/github-mcp-server:latest`. */
function ofPackage(spec: string): string {
  const parts = spec
    .replace(/^(npm|git\+https?|github):(\/\/)?/, "")
    .replace(/(?<=.)(@|==|:)[^/@]*$/, "")
    .split("/");
  const base = parts.at(-1) ?? "";
  const scope = (parts.at(-2) ?? "").replace(/^@/, "");
  const name = bare(base);
  if (!BARE.test(name)) return name;
  return [scope, /^dev$/i.test(name) ? "dev" : ""].filter(Boolean).join("-");
}

function ofPath(path: string): string {
  const parts = path.replaceAll("\\", "/").split("/");
  const installed = parts.lastIndexOf("node_modules");
  if (installed >= 0) {
    const [first = "", second = ""] = parts.slice(installed + 1);
    return ofPackage(first.startsWith("@") ? `${first}/${second}` : first);
  }
  const told = parts.map((part) => part.replace(ENDING, "")).filter((part) => !PLAIN_PARTS.test(part));
  return bare(told.at(-1) ?? "");
}

function ofAddress(address: string): string {
  const { hostname } = new URL(address);
  // What listens on this machine says more of itself than its address does.
  if (/^[\d.:[\]]+$|^localhost$/.test(hostname)) return "";
  const labels = hostname.split(".").slice(0, -1);
  return labels.filter((label) => !/^(mcp|www|api|server|docs)$/.test(label)).at(-1) ?? hostname;
}

function isImage(word: string): boolean {
  return !word.includes("=") && /mcp|server/i.test(word);
}

function ofCommand([program = "", ...words]: readonly string[]): string {
  const launcher = program.replaceAll("\\", "/").split("/").at(-1) ?? "";
  if (!LAUNCHERS.test(launcher)) return ofPath(program);
  const plain = words.filter((word) => !word.startsWith("-") && !SUBCOMMANDS.has(word));
  const named = CONTAINERS.test(launcher) ? plain.find(isImage) : plain[0];
  if (named === undefined) return launcher;
  const isFile = ENDING.test(named) || /^[./\\]|^[a-z]:\\/i.test(named);
  return isFile ? ofPath(named) : ofPackage(named);
}

/**
 * What evidence calls a server (`context7`, `shopify-dev`, `fetch`, …): as it was given, else from the package or
 * address that it comes from, else from what it calls itself.
 */
export function nameServer({ given, words, own }: ServerSigns): string {
  const [first = ""] = words;
  const told = /^https?:\/\//i.test(first) && URL.canParse(first) ? ofAddress(first) : ofCommand(words);
  const name = slug(given ?? "") || slug(told) || bare(slug(own?.split("/").at(-1) ?? "")) || "mcp";
  return ALIASES[name] ?? name;
}
