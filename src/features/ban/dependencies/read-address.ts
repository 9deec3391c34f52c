/** What an address of a package can name. */
export interface Address {
  /** Names, or specs with a version or a subpath, of which one is the package's. */
  names: string[];
  /** `owner/repository` in lower case, as hosts compare them. */
  repository: string | null;
}

/** Over any address that a manifest holds; longer text is none. */
const MAX_ADDRESS = 2_048;
const HOSTED = /^(?:(?:github|gitlab|bitbucket|gh):)?([\w-][\w.-]*)\/([\w.-]+?)(?:\.git)?(?:[#@].*)?$/i;
const URL = /^(?:git\+)?(?:https?|ssh|git|file):\/\/([^/]*)\/(.+)$/i;
/** `git@github.com:owner/repository.git` */
const SCP = /^(?:git\+ssh:\/\/)?[\w.-]+@([\w.-]+):([^/].*)$/;
const TARBALL = /\.(?:tgz|tar\.gz|tar)$/i;
/** Hosts that serve packages of npm as modules. */
const CDN =
  /(?:^|\.)(?:esm\.sh|esm\.run|skypack\.dev|unpkg\.com|jsdelivr\.net|jspm\.(?:dev|io)|pkg\.pr\.new)(?::\d+)?$/i;

/** `npm pack` writes `@acme/x` as `acme-x-1.0.0.tgz`; a scope may end at any hyphen. */
function packedNames(file: string): string[] {
  const stem = file.replace(TARBALL, "").replace(/-v?\d+(?:\.\d+)+.*$/, "");
  const scoped = [...stem.matchAll(/-/g)].map(
    ({ index }) => `@${stem.slice(0, index)}/${stem.slice(index + 1)}`,
  );
  return [stem, ...scoped];
}

/** `npm/context7-mcp@1`, `v135/context7-mcp`, `upstash/context7/@upstash/context7-mcp@12`: the name begins somewhere. */
function namesOnCdn(segments: readonly string[]): string[] {
  const parts = segments.map((segment) => segment.replace(/^npm:/, ""));
  return parts
    .map((part, at) => (part.startsWith("@") ? `${part}/${parts[at + 1] ?? ""}` : part))
    .slice(0, 5);
}

function readPath(host: string, path: string): Address {
  const segments = path
    .replace(/[?#].*$/, "")
    .split("/")
    .filter(Boolean)
    .map(unescaped);
  const dash = segments.indexOf("-");
  const owner = segments[dash - 2] ?? "";
  // `<registry>/@scope/name/-/name-1.0.0.tgz`
  if (dash > 0) {
    const name = segments[dash - 1] ?? "";
    return { names: [owner.startsWith("@") ? `${owner}/${name}` : name], repository: null };
  }
  if (CDN.test(host)) return { names: namesOnCdn(segments), repository: null };
  const last = segments.at(-1) ?? "";
  const [first = "", second = ""] = segments;
  const project = second.replace(/\.git$/i, "");
  const names = TARBALL.test(last) ? packedNames(last) : [last.replace(/\.git$/i, "")];
  return {
    names: segments.length > 1 ? [...names, project, `@${first}/${project}`] : names,
    repository: segments.length > 1 ? `${first}/${project}`.toLowerCase() : null,
  };
}

function unescaped(segment: string): string {
  return segment.replace(/%40/gi, "@").replace(/%2f/gi, "/");
}

/**
 * Reads where a package is taken from when not by its name: a repository (`github:owner/x`, `git+https://…`), a
 * tarball, a server of modules; also after a name (`x@github:owner/y`). Null for anything else. Formats: npm's
 * `package.json` documentation, "URLs as dependencies".
 */
export function readAddress(text: string): Address | null {
  if (text.length > MAX_ADDRESS) return null;
  const address = text
    .trim()
    .replace(/^(?:@[\w.-]+\/)?[\w.-]+@(?=(?:github|gitlab|bitbucket|git|https?|ssh|file)[:+])/i, "");
  const [, host, path] = URL.exec(address) ?? SCP.exec(address) ?? [];
  if (host !== undefined && path !== undefined) return readPath(host, path);
  const [, owner, project] = HOSTED.exec(address) ?? [];
  if (owner !== undefined && project !== undefined)
    return { names: [project, `@${owner}/${project}`], repository: `${owner}/${project}`.toLowerCase() };
  const file = /^(?:file:|\.{0,2}\/).*?([^/\\]+)$/.exec(address)?.[1] ?? "";
  return TARBALL.test(file) ? { names: packedNames(file), repository: null } : null;
}
