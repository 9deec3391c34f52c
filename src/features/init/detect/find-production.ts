/** What is known of a package folder; `""` is the top. */
export interface PackageFolder {
  folder: string;
  /** Files that its manifest names as what others load, from the folder. */
  entries: readonly string[];
}

const CODE =
  /\.(?:[cm]?[jt]sx?|vue|svelte|astro|py|rb|go|rs|java|kts?|scala|swift|mm?|c|h|cc|cpp|hpp|cs|fs|php|exs?|erl|clj|dart|lua|jl|liquid)$/;
const TEST_FILE =
  /\.(?:test|spec|stories|bench)\.|_test\.(?:go|py|exs|rb)$|(?:^|\/)(?:test_|conftest)|\.d\.[cm]?ts$/;
/** Folders that, at the top of a package, are for those who work on it. */
const NOT_PRODUCTION =
  /^(?:\..*|_.*|tests?|specs?|e2e|testing|testdata|test[-_].*|.*[-_](?:tests?|e2e|examples?|bench(?:marks?)?)|fixtures?|mocks?|docs?|documentation|examples?|samples?|demos?|playgrounds?|scripts?|tools?|tooling|hack|contrib|ci|bench(?:es|marks?)?|perf|benchmarking|vendor|third[-_]party|node_modules|dist|build|out|target|coverage|artifacts|stor(?:ybook|ies)|cypress|playwright|types?|typings|patches|media|assets|templates?)$/i;
/** Files at the top that are production in languages which put them there. */
const TOP_FILES: readonly (readonly [glob: string, file: RegExp])[] = [
  ["*.go", /^[^/]+\.go$/],
  ["*.py", /^(?!(?:setup|conftest|noxfile|tasks|fabfile|manage)\.py$)[^/]+\.py$/],
  ["*.php", /^[^/]+\.php$/],
];

function isShipped(path: string): boolean {
  return CODE.test(path) && !TEST_FILE.test(path);
}

/** The package that a file belongs to: the deepest folder above it. */
function ownerOf(path: string, packages: ReadonlyMap<string, PackageFolder>): PackageFolder | undefined {
  for (let end = path.lastIndexOf("/"); end > 0; end = path.lastIndexOf("/", end - 1)) {
    const owner = packages.get(path.slice(0, end));
    if (owner) return owner;
  }
  return packages.get("");
}

/** `packages/ui` stands for all its neighbours, also those to come. */
function prefixOf(folder: string, isAlone: boolean): string {
  if (folder === "") return "";
  const end = folder.lastIndexOf("/");
  return isAlone || end < 0 ? `${folder}/` : `${folder.slice(0, end)}/*/`;
}

function braces(names: readonly string[]): string {
  return names.length === 1 ? (names[0] ?? "") : `{${names.join(",")}}`;
}

/** Names of the folders, and whole files, that each prefix holds. */
class Holdings {
  readonly #folders = new Map<string, Set<string>>();
  readonly #files = new Map<string, Set<string>>();

  add(kind: "folder" | "file", prefix: string, name: string): void {
    const map = kind === "folder" ? this.#folders : this.#files;
    map.set(prefix, (map.get(prefix) ?? new Set()).add(name));
  }

  globs(): string[] {
    const folders = [...this.#folders].map(([prefix, names]) => `${prefix}${braces([...names].sort())}/**`);
    const files = [...this.#files].map(([prefix, names]) => `${prefix}${braces([...names].sort())}`);
    return [...folders, ...files].sort();
  }
}

function addFile(
  held: Holdings,
  path: string,
  owner: PackageFolder,
  prefix: string,
  isInside: boolean,
): void {
  const below = owner.folder === "" ? path : path.slice(owner.folder.length + 1);
  const slash = below.indexOf("/");
  if (slash < 0) {
    if (owner.entries.includes(below)) held.add("file", prefix, below);
    const glob = TOP_FILES.find(([, file]) => owner.folder === "" && file.test(below))?.[0];
    if (glob !== undefined) held.add("file", prefix, glob);
    return;
  }
  const folder = below.slice(0, slash);
  if (!isInside && !NOT_PRODUCTION.test(folder)) held.add("folder", prefix, folder);
}

/**
 * Globs of what seems to be production, for `ban.production`: in each package the folders that hold code and are not
 * named like tests, documents or tools, and the files that its manifest hands out. Empty when nothing was found.
 * @param paths every file of the repository
 * @param packages the workspace packages; the top is always one
 */
export function findProduction(paths: readonly string[], packages: readonly PackageFolder[]): string[] {
  const byFolder = new Map(packages.map((one) => [one.folder, one]));
  if (!byFolder.has("")) byFolder.set("", { folder: "", entries: [] });
  const parents = [...byFolder.keys()].map((folder) => folder.slice(0, folder.lastIndexOf("/") + 1));
  const isAlone = (folder: string) =>
    parents.filter((parent) => parent === folder.slice(0, folder.lastIndexOf("/") + 1)).length < 2;
  const containers = new Set([...byFolder.keys()].filter((f) => f.includes("/")).map((f) => f.split("/")[0]));
  const held = new Holdings();
  for (const path of paths) {
    if (!isShipped(path)) continue;
    const owner = ownerOf(path, byFolder);
    if (!owner || owner.folder.split("/").some((name) => NOT_PRODUCTION.test(name) && name !== "")) continue;
    // A folder of packages is no package; what lies loose in it is not theirs.
    const isInside = owner.folder === "" && containers.has(path.split("/")[0]);
    addFile(held, path, owner, prefixOf(owner.folder, isAlone(owner.folder)), isInside);
  }
  return held.globs();
}
