import { lstatSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { Fault, messageOf, Refusal, systemCode } from "../../platform/errors/index.ts";
import { type Manifest, NO_MANIFEST, parseManifest } from "./manifest.ts";

/** A folder that init writes below, with the manifest of what it wrote there: the working tree, or the git folder. */
export interface Site {
  /** Absolute. */
  root: string;
  manifestFile: string;
  /** What stands before its paths in messages. */
  label: string;
  manifest: Manifest;
}

const MAX_BYTES = 16 << 20;

function refuseKind(path: string, kind: string): never {
  throw new Refusal(
    "INPUT_INVALID",
    `${path} is a ${kind}: init writes regular files only, and through no link`,
    {
      hint: `move ${path} away, and run it again`,
    },
  );
}

function statusOf(root: string, path: string) {
  try {
    return lstatSync(join(root, path), { throwIfNoEntry: false });
  } catch (cause) {
    if (systemCode(cause) === "ENOTDIR") return undefined;
    throw new Fault("FILE_FAILED", `${path} could not be read: ${messageOf(cause)}`, { cause });
  }
}

/** Does a regular file lie there, with no link on the way? */
export function isRegularFile(root: string, path: string): boolean {
  const folders = path.split("/").slice(0, -1);
  const above = folders.map((_, end) => statusOf(root, folders.slice(0, end + 1).join("/")));
  return above.every((status) => status?.isDirectory()) && statusOf(root, path)?.isFile() === true;
}

/**
 * What lies at a path; null for nothing.
 * @throws Refusal for a link, a folder or a file over 16 MiB, there or on the way
 */
export function look(root: string, path: string): Buffer | null {
  const parts = path.split("/");
  for (let end = 1; end < parts.length; end += 1) {
    const folder = parts.slice(0, end).join("/");
    const status = statusOf(root, folder);
    if (!status) return null;
    if (status.isSymbolicLink()) refuseKind(folder, "link");
    if (!status.isDirectory()) refuseKind(folder, "file, and not the folder that is needed");
  }
  const status = statusOf(root, path);
  if (!status) return null;
  if (!status.isFile()) refuseKind(path, status.isDirectory() ? "folder" : "link or special file");
  if (status.size > MAX_BYTES) refuseKind(path, "file of over 16 MiB");
  try {
    return readFileSync(join(root, path));
  } catch (cause) {
    throw new Fault("FILE_FAILED", `${path} could not be read: ${messageOf(cause)}`, {
      cause,
      hint: `make ${path} readable`,
    });
  }
}

/** Opens a site with what its manifest says. @throws Refusal for a manifest that init did not write */
export function openSite(root: string, manifestFile: string, label = ""): Site {
  const text = look(root, manifestFile);
  const manifest = text === null ? NO_MANIFEST : parseManifest(text.toString("utf8"), label + manifestFile);
  return { root, manifestFile, label, manifest };
}
