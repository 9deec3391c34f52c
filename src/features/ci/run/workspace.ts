import { cp, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { borrowObjects, type Repository } from "../../../platform/git/index.ts";

/**
 * A working folder as `actions/checkout` leaves it, but for the files: `origin` stands, and no file is written, so that
 * nothing of the repository could be run by mistake.
 * @param objects whose objects are there without fetching: the repository's own history, to which the action must
 * fetch what a change adds, or the forge's, where the change itself was checked out
 * @param forge where `origin` leads, by git's file transport, since the forge is on this disk
 */
export async function makeBlank(objects: Repository, forge: Repository, folder: string): Promise<string> {
  const workspace = await borrowObjects(objects, folder, { bare: false });
  await workspace.git(["config", "remote.origin.url", pathToFileURL(forge.folder).href]);
  await workspace.git(["config", "remote.origin.fetch", "+refs/heads/*:refs/remotes/origin/*"]);
  return folder;
}

/** Copies a blank and lets HEAD stand at a commit, a full id: without a process, since it is done for each run. */
export async function makeWorkspace(blank: string, folder: string, commit: string): Promise<void> {
  await cp(blank, folder, { recursive: true });
  await writeFile(join(folder, ".git", "HEAD"), `${commit}\n`);
}
