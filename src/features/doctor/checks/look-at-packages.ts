import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import type { Finding } from "../../../vocabulary/health.ts";
import { findPackageManagers } from "../../init/index.ts";
import type { CheckoutGround } from "../checkout-ground.ts";
import { judgePackages } from "./judge-packages.ts";
import { readJson } from "./read-text.ts";

interface Locked {
  version?: unknown;
  link?: unknown;
  optional?: unknown;
  peer?: unknown;
}

const SHOWN = 50;

function lockedIn(worktree: string, file: string): Record<string, Locked> | null {
  const packages = readJson(worktree, file)?.packages;
  return typeof packages === "object" && packages !== null ? (packages as Record<string, Locked>) : null;
}

/**
 * Where npm's own note of what it installed (`node_modules/.package-lock.json`) differs from the lock file. Optional
 * packages may be missing: they are those of other systems. Other package managers keep no such note.
 */
export function differingPackages(worktree: string): string[] {
  const wanted = lockedIn(worktree, "package-lock.json");
  const installed = lockedIn(worktree, "node_modules/.package-lock.json");
  if (wanted === null || installed === null) return [];
  const different = Object.entries(wanted).filter(([path, { version, link, optional, peer }]) => {
    if (!path.includes("node_modules/") || link === true || typeof version !== "string") return false;
    const there = installed[path]?.version;
    return there === undefined ? optional !== true && peer !== true : there !== version;
  });
  const name = (path: string) => path.slice(path.lastIndexOf("node_modules/") + "node_modules/".length);
  return different
    .slice(0, SHOWN)
    .map(([path, { version }]) => `${name(path)} ${installed[path]?.version ?? "missing"} for ${version}`);
}

export async function lookAtPackages({ worktree }: Pick<CheckoutGround, "worktree">): Promise<Finding> {
  const files = readdirSync(worktree, { withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map(({ name }) => name);
  const manifest = readJson(worktree, "package.json");
  const installed = ["node_modules", ".pnp.cjs", ".pnp.loader.mjs"];
  return judgePackages({
    hasManifest: files.includes("package.json"),
    managers: findPackageManagers(files, manifest),
    isInstalled: installed.some((name) => existsSync(join(worktree, name))) || wantsNothing(manifest),
    differing: differingPackages(worktree),
  });
}

function wantsNothing(manifest: Record<string, unknown> | null): boolean {
  const lists = ["dependencies", "devDependencies", "workspaces"].map((key) => manifest?.[key]);
  return lists.every((list) => Object.keys((list ?? {}) as object).length === 0);
}
