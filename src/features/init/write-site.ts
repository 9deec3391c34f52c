import { existsSync, lstatSync, readdirSync, rmdirSync, rmSync } from "node:fs";
import { dirname, join } from "node:path";
import { Fault, messageOf } from "../../platform/errors/index.ts";
import { isUnfinished, writeWhole } from "../../platform/files/index.ts";
import { type Entry, type Manifest, renderManifest } from "./manifest.ts";
import { isDue, type PlannedFile } from "./plan/planned-file.ts";
import type { Site } from "./site.ts";

const PLAIN = 0o644;
const EXECUTABLE = 0o755;

function modeOf(path: string, isExecutable: boolean): number {
  const status = lstatSync(path, { throwIfNoEntry: false });
  if (isExecutable) return EXECUTABLE;
  return status ? status.mode & 0o777 : PLAIN;
}

/** Folders above the files that are not there yet, parents first. */
function newFolders(root: string, files: readonly PlannedFile[]): string[] {
  const folders = new Set<string>();
  for (const { path, action } of files) {
    const parts = path.split("/");
    const above = parts.slice(0, -1).map((_, end) => parts.slice(0, end + 1).join("/"));
    if (action === "create")
      for (const folder of above) if (!existsSync(join(root, folder))) folders.add(folder);
  }
  return [...folders];
}

/** What the manifest says when all is done: the plan's word where it has one, else what it said. */
export function manifestAfter(site: Site, files: readonly PlannedFile[], version: string): Manifest {
  const entries = new Map<string, Entry>(site.manifest.files);
  for (const { path, entry } of files) {
    if (entry === null) entries.delete(path);
    else entries.set(path, entry);
  }
  const folders = new Set([...site.manifest.folders, ...newFolders(site.root, files)]);
  return { version, files: entries, folders: [...folders] };
}

/** Is there anything to write at this site, be it only its manifest? */
export function isSiteDue(site: Site, files: readonly PlannedFile[], version: string): boolean {
  if (files.some(isDue)) return true;
  return renderManifest(manifestAfter(site, files, version)) !== renderManifest(site.manifest);
}

function remove(path: string): void {
  try {
    rmSync(path, { force: true });
  } catch (cause) {
    throw new Fault("FILE_FAILED", `${path} could not be removed: ${messageOf(cause)}`, { cause });
  }
}

/** What an interrupted run left beside the files that it was writing. */
function sweep(root: string, files: readonly PlannedFile[]): void {
  for (const folder of new Set(files.map(({ path }) => dirname(join(root, path))))) {
    if (!existsSync(folder)) continue;
    for (const name of readdirSync(folder)) if (isUnfinished(name)) remove(join(folder, name));
  }
}

function apply(root: string, file: PlannedFile): void {
  if (!isDue(file)) return;
  const path = join(root, file.path);
  if (file.after === null) remove(path);
  else writeWhole(path, file.after, modeOf(path, file.isExecutable));
}

/**
 * Does what was planned. The manifest comes first: whatever ends this half-way, the next run knows what is init's and
 * goes on from there.
 */
export function writeSite(site: Site, files: readonly PlannedFile[], version: string): void {
  if (!isSiteDue(site, files, version)) return;
  sweep(site.root, files);
  const manifest = renderManifest(manifestAfter(site, files, version));
  writeWhole(join(site.root, site.manifestFile), Buffer.from(manifest), PLAIN);
  for (const file of files) apply(site.root, file);
}

function removeIfEmpty(folder: string): void {
  if (existsSync(folder) && readdirSync(folder).length === 0) rmdirSync(folder);
}

/** Takes out what was planned to go, the manifest last, and the folders that init made where nothing is left in them. */
export function clearSite(site: Site, files: readonly PlannedFile[]): void {
  sweep(site.root, files);
  for (const file of files) apply(site.root, file);
  remove(join(site.root, site.manifestFile));
  const folders = [...site.manifest.folders].sort().reverse();
  for (const folder of folders) removeIfEmpty(join(site.root, folder));
}
