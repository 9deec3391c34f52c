import { matchPaths } from "../../platform/globs/index.ts";
import { readAddress } from "./dependencies/read-address.ts";

/** What is banned: needles for a first search over bytes, and the exact question for a name that was found. */
export interface BannedPackages {
  /** Texts of which at least one stands in every mention of a banned package; never more than are needed. */
  names: readonly string[];
  /** The bare banned package that an import specifier or an `npx`-style spec names, or null. */
  match(specifier: string): string | null;
  /** The banned package that an address leads to: of a repository, a tarball or a server of modules; or null. */
  matchAddress(address: string): string | null;
  /** Repositories (`owner/name`, lower case) of banned packages in which no banned name stands. */
  repositories: readonly string[];
  /** The banned package in whose `node_modules` folder a path lies, or null. */
  matchPath(path: string): string | null;
}

/**
 * The built-in list: each name, and why it is on it. Only servers that exist to help a developer at work, their
 * renames and forks; a server that may have a job in production (browser automation, say) is a repository's own
 * choice, made with `ban.packages`.
 */
export const BUILT_IN_BANS: Readonly<Record<string, string>> = {
  "@shopify/mcp-server-dev":
    "Shopify's documentation and schema lookup for developers, by its specified name",
  "@shopify/dev-mcp": "the same server, by the name it is published under",
  "context7-mcp": "library documentation for coding agents; also the name of the command it installs",
  "@upstash/context7-mcp": "the same server, by the name it is published under",
  "chrome-devtools-mcp": "drives a developer's Chrome DevTools",
};

/** Where their sources are kept, as far as the name of the repository is not the package's: `owner/name` → package. */
export const BUILT_IN_REPOSITORIES: Readonly<Record<string, string>> = {
  "upstash/context7": "@upstash/context7-mcp",
  "shopify/dev-mcp": "@shopify/dev-mcp",
};

/** Over npm's limit for names (214) with room for version and subpath; longer text is no specifier. */
const MAX_SPECIFIER = 1_024;
const SPECIFIER = /^((?:@[\w.~-]+\/)?[\w~-][\w.~-]*)(?:[@/?#]|$)/;
const GLOB = /[^\w@./~-]/;
const FOLDER = /(?:^|[\\/])node_modules[\\/]((?:@[\w.~-]+[\\/])?[\w~-][\w.~-]*)(?=[\\/]|$)/g;

interface BanLists {
  exact: Set<string>;
  globs: string[];
  isSpared(name: string): boolean;
}

function readLists(extra: readonly string[]): BanLists {
  const added = extra.filter((entry) => !entry.startsWith("!"));
  const spared = extra.filter((entry) => entry.startsWith("!")).map((entry) => entry.slice(1));
  const isSpared = matchPaths(spared);
  const names = [...Object.keys(BUILT_IN_BANS), ...added.filter((entry) => !GLOB.test(entry))];
  return {
    exact: new Set(names.filter((name) => !isSpared(name))),
    globs: added.filter((entry) => GLOB.test(entry)),
    isSpared,
  };
}

/** The longest run of characters that every match of a glob holds; what stands in brackets may be absent. */
function literalOf(glob: string): string {
  let runs = glob;
  for (let before = ""; before !== runs; ) {
    before = runs;
    runs = runs.replace(/[@!?*+]?\([^()]*\)|\{[^{}]*\}|\[[^[\]]*\]/g, "*");
  }
  const pieces = runs.split(GLOB).map((piece) => piece.replace(/^\/+|\/+$/g, ""));
  return pieces.reduce((longest, piece) => (piece.length > longest.length ? piece : longest), "");
}

/** Without the names that hold another one, since whoever finds the shorter finds both. */
function fewest(names: readonly string[]): string[] {
  const unique = [...new Set(names)];
  return unique.filter((name) => !unique.some((other) => other !== name && name.includes(other)));
}

/** The name that a specifier begins with, and what follows it. */
function splitSpecifier(specifier: string): { name: string; rest: string } | null {
  // `raw-loader!context7-mcp` is webpack's way to name a loader before the module.
  const asked = specifier.slice(specifier.lastIndexOf("!") + 1).replace(/^npm:\/?/, "");
  const [, name] = SPECIFIER.exec(asked) ?? [];
  return name === undefined ? null : { name, rest: asked.slice(name.length) };
}

/**
 * Entries `!name` that take nothing off the list: likely a mistyped name, worth a warning when config is reviewed.
 */
export function idleExceptions(extra: readonly string[]): string[] {
  const added = extra.filter((entry) => !entry.startsWith("!"));
  const isAdded = matchPaths(added);
  return extra.filter((entry) => {
    if (!entry.startsWith("!")) return false;
    const spared = entry.slice(1);
    const covers = matchPaths([spared]);
    return !isAdded(spared) && ![...Object.keys(BUILT_IN_BANS), ...added].some((name) => covers(name));
  });
}

/** The built-in list with a repository's own entries (`ban.packages`): names or globs added, `!name` taken off. */
export function bannedPackages(extra: readonly string[]): BannedPackages {
  const { exact, globs, isSpared } = readLists(extra);
  const isGlobbed = matchPaths(globs);
  const isBanned = (name: string) => exact.has(name) || (isGlobbed(name) && !isSpared(name));

  const matchPath = (path: string) => {
    for (const [, folder = ""] of path.matchAll(FOLDER)) {
      const name = folder.replace("\\", "/");
      if (isBanned(name)) return name;
    }
    return null;
  };
  const match = (specifier: string): string | null => {
    if (specifier.length > MAX_SPECIFIER) return null;
    if (/^(?:\.{0,2}[\\/]|node_modules[\\/])/.test(specifier)) return matchPath(specifier);
    const found = splitSpecifier(specifier);
    if (found === null) return null;
    if (isBanned(found.name)) return found.name;
    return found.rest.startsWith("@npm:") ? match(found.rest.slice(1)) : null;
  };
  const repositories = Object.entries(BUILT_IN_REPOSITORIES).filter(([, name]) => isBanned(name));
  const matchAddress = (text: string): string | null => {
    const address = readAddress(text);
    if (address === null) return null;
    const known = repositories.find(([repository]) => repository === address.repository);
    return known?.[1] ?? address.names.map(match).find((name) => name !== null) ?? null;
  };
  return {
    names: fewest([...exact, ...globs.map(literalOf)]),
    match,
    matchAddress,
    matchPath,
    repositories: repositories.map(([repository]) => repository),
  };
}
