import { isAbsolute } from "node:path";
import { type BannedPackages, bannedPackages } from "./banned-packages.ts";
import { type InstalledPackages, installedPackages } from "./installed-packages.ts";

/** The ban as whoever loads or bundles modules asks it: by file and by specifier, through npm aliases. */
export interface ModuleBan {
  banned: BannedPackages;
  /** The banned package that a module's file belongs to, by its path or by its package's own name; or null. */
  ofFile(file: string): string | null;
  /** The banned package that a specifier names, or that lies under its name in `node_modules`; or null. */
  ofSpecifier(specifier: string, folder: string): string | null;
}

/** @param packages `ban.packages` of the config */
export function moduleBan(
  packages: readonly string[],
  installed: InstalledPackages = installedPackages(),
): ModuleBan {
  const banned = bannedPackages(packages);
  const byName = (name: string | null) => (name === null ? null : banned.match(name));
  return {
    banned,
    ofFile: (file) =>
      banned.matchPath(file) ?? (isAbsolute(file) ? byName(installed.nameOfFile(file)) : null),
    ofSpecifier: (specifier, folder) =>
      banned.match(specifier) ?? byName(installed.nameBehind(specifier, folder)),
  };
}
