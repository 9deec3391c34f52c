import { matchPaths } from "../../../platform/globs/index.ts";

/** The list items below the key `packages:`; pnpm's file holds nothing more difficult in practice. */
function pnpmPackages(text: string): string[] {
  const lines = text.split(/\r?\n/);
  const start = lines.findIndex((line) => /^packages\s*:/.test(line));
  if (start < 0) return [];
  const items: string[] = [];
  for (const line of lines.slice(start + 1)) {
    const [, item] = /^\s*-\s+(?:"([^"]*)"|'([^']*)'|([^#]*?))\s*(?:#.*)?$/.exec(line)?.filter(Boolean) ?? [];
    if (item !== undefined) items.push(item);
    else if (/^[^\s#-]/.test(line)) break;
  }
  return items;
}

function manifestWorkspaces(manifest: unknown): string[] {
  const { workspaces } = (manifest ?? {}) as { workspaces?: unknown };
  const listed = Array.isArray(workspaces)
    ? workspaces
    : (workspaces as { packages?: unknown } | null | undefined)?.packages;
  return Array.isArray(listed) ? listed.filter((item) => typeof item === "string") : [];
}

/** Globs of the folders of workspace packages, from `package.json` (npm, yarn, bun) and `pnpm-workspace.yaml`. */
export function readWorkspaces(manifest: unknown, pnpmWorkspace: string | null): string[] {
  const globs = [
    ...manifestWorkspaces(manifest),
    ...(pnpmWorkspace === null ? [] : pnpmPackages(pnpmWorkspace)),
  ];
  return [...new Set(globs.map((glob) => glob.replace(/^(!?)\.\//, "$1").replace(/\/+$/, "")))];
}

/** Folders with a `package.json` that the globs mean; `!glob` takes folders out. */
export function findWorkspaces(paths: readonly string[], globs: readonly string[]): string[] {
  const isMeant = matchPaths(globs.filter((glob) => glob !== "" && !glob.startsWith("!")));
  const isTakenOut = matchPaths(globs.filter((glob) => glob.startsWith("!")).map((glob) => glob.slice(1)));
  return paths
    .filter((path) => path.endsWith("/package.json"))
    .map((path) => path.slice(0, -"/package.json".length))
    .filter((folder) => isMeant(folder) && !isTakenOut(folder));
}
