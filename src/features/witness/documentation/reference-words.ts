/** One package page of a registry, by its address without scheme: what stands in the group is the package. */
const PACKAGE_PAGES = [
  /^(?:www\.)?npmjs\.com\/package\/((?:@[^/]+\/)?[^/?#@]+)/,
  /^(?:www\.)?(?:jsr\.io|esm\.sh|unpkg\.com|cdn\.skypack\.dev)\/((?:@[^/]+\/)?[^/?#@]+)/,
  /^(?:cdn|www)\.jsdelivr\.(?:net|com)\/(?:npm|package\/npm)\/((?:@[^/]+\/)?[^/?#@]+)/,
  /^registry\.npmjs\.org\/((?:@[^/]+\/)?[^/?#@]+)/,
];
const IN_MODULES = /(?:^|[/:])node_modules\/((?:@[^/]+\/)?[^/]+)/g;
/** Hosts whose path begins with `<org>/<project>`. */
const PROJECT_HOSTS = new Set(["github.com", "raw.githubusercontent.com", "gitlab.com", "context7.com"]);
const MAX_REFERENCE = 2_000;

/** `Next.js`, `nextjs` and `react.dev` without what says only of what kind a thing is. */
export function plainName(text: string): string {
  const bare = text.toLowerCase().replace(/^@/, "");
  const short = bare.replace(/\.(?:dev|com|org|io)$/, "").replace(/[.-]?js$/, "");
  return short.length >= 2 ? short : bare;
}

function projectWords(path: string): string[] {
  const [org, project] = path.split("/").filter((part) => part !== "");
  if (org === undefined || project === undefined) return [];
  const name = project.replace(/\.git$/, "");
  return [
    `org:${org.toLowerCase()}`,
    `org:${org.toLowerCase()}/${name.toLowerCase()}`,
    `name:${plainName(name)}`,
  ];
}

/** A host whole, and each of its labels but the last: `v5.vitest.dev` is vitest's, `nextjs.org` next's. */
function hostWords(host: string): string[] {
  const labels = host.split(".").slice(0, -1);
  const parents = labels.map((_, at) => host.split(".").slice(at).join("."));
  return [...parents, ...labels, ...labels.map(plainName)].map((word) => `host:${word}`);
}

function addressWords(rest: string): string[] {
  const page = PACKAGE_PAGES.map((pattern) => pattern.exec(rest)?.[1]).find((each) => each !== undefined);
  const [host = "", ...path] = rest.split(/[?#]/)[0]?.split("/") ?? [];
  const bare = host.replace(/^www\./, "").replace(/:\d+$/, "");
  const project = PROJECT_HOSTS.has(bare) ? projectWords(path.join("/")) : hostWords(bare);
  return page === undefined ? project : [`package:${page}`];
}

/** A library as Context7 names it: `context7:/vercel/next.js`, or the same behind the server's name. */
function libraryWords(reference: string): string[] {
  const [, path] = /^(?:context7:(?:\/\/)?|mcp:\/\/context7(?:\/[^/]+)?)(\/[^?#]+)$/.exec(reference) ?? [];
  return path === undefined ? [] : projectWords(path);
}

/**
 * What a line's reference and tool say of whose documentation was read, as words that packages are looked for by:
 * `package:`, `host:`, `org:`, `name:` and `tool:`.
 */
export function referenceWords({ ref, tool }: { ref: string; tool: string }): string[] {
  const reference = ref.slice(0, MAX_REFERENCE).toLowerCase();
  const [, rest] = /^https?:\/\/(.+)$/.exec(reference) ?? [];
  const modules = reference.startsWith("repo:") ? [...reference.matchAll(IN_MODULES)] : [];
  return [
    ...new Set([
      `tool:${tool.toLowerCase()}`,
      ...modules.slice(-1).map(([, name]) => `package:${name}`),
      ...(rest === undefined ? [] : addressWords(rest)),
      ...libraryWords(reference),
    ]),
  ];
}
