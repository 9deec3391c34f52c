/** Lock file → the package manager that writes it. */
export const LOCK_FILES: Readonly<Record<string, string>> = {
  "package-lock.json": "npm",
  "npm-shrinkwrap.json": "npm",
  "pnpm-lock.yaml": "pnpm",
  "yarn.lock": "yarn",
  "bun.lock": "bun",
  "bun.lockb": "bun",
};

/** A package manager, and the files at the top that show it. */
export interface PackageManager {
  name: string;
  seen: string[];
}

function declaredIn(manifest: unknown): string | null {
  const declared = (manifest as { packageManager?: unknown } | null)?.packageManager;
  const [, name] = typeof declared === "string" ? (/^(npm|pnpm|yarn|bun)@/.exec(declared) ?? []) : [];
  return name ?? null;
}

/**
 * The package managers of a repository, the one in charge first: what `packageManager` of the manifest declares
 * (nodejs.org/api/packages), else those whose lock files are there, else npm where there is a manifest at all.
 */
export function findPackageManagers(topFiles: readonly string[], manifest: unknown): PackageManager[] {
  const found = new Map<string, string[]>();
  const add = (name: string, seen: string) => found.set(name, [...(found.get(name) ?? []), seen]);
  const declared = declaredIn(manifest);
  if (declared !== null) add(declared, "packageManager");
  for (const [file, name] of Object.entries(LOCK_FILES)) if (topFiles.includes(file)) add(name, file);
  if (found.size === 0 && topFiles.includes("package.json")) add("npm", "package.json");
  return [...found].map(([name, seen]) => ({ name, seen }));
}
