import { existsSync, mkdirSync, realpathSync } from "node:fs";
import { dirname, join, sep } from "node:path";
import { Refusal } from "../../platform/errors/index.ts";

export function refuseLink(path: string): never {
  throw new Refusal(
    "INPUT_INVALID",
    `${path} leads through a link, and records are never written through links`,
    {
      hint: "replace the link in its path by a folder",
    },
  );
}

/**
 * The folder of a record path, made, when no link on the way to it leads elsewhere. Looked at first: nothing is made
 * behind a link.
 */
export function makeFolder(root: string, path: string): string {
  const folder = dirname(join(root, path));
  if (folder !== root && !folder.startsWith(root + sep)) refuseLink(path);
  let there = folder;
  while (!existsSync(there)) there = dirname(there);
  if (realpathSync(there) !== there) refuseLink(path);
  mkdirSync(folder, { recursive: true });
  if (realpathSync(folder) !== folder) refuseLink(path);
  return folder;
}
