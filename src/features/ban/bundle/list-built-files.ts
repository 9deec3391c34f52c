import { readdir, stat } from "node:fs/promises";
import { join } from "node:path";
import { Fault, messageOf, Refusal, systemCode } from "../../../platform/errors/index.ts";

const BUILD_FIRST = "build first, then name the folder that the build wrote, such as --bundle dist";

async function refuseUnlessFolder(directory: string): Promise<void> {
  const found = await stat(directory).catch((error: unknown) => {
    if (systemCode(error) === "ENOENT" || systemCode(error) === "ENOTDIR") return null;
    throw new Fault("FILE_FAILED", `${directory} cannot be read: ${messageOf(error)}`, {
      hint: "check the folder's permissions",
      cause: error,
    });
  });
  if (found === null)
    throw new Refusal("INPUT_INVALID", `there is no folder ${directory}`, { hint: BUILD_FIRST });
  if (!found.isDirectory())
    throw new Refusal("INPUT_INVALID", `${directory} is no folder`, { hint: BUILD_FIRST });
}

async function listFolder(folder: string) {
  try {
    return await readdir(folder, { withFileTypes: true });
  } catch (error) {
    throw new Fault("FILE_FAILED", `${folder} cannot be read: ${messageOf(error)}`, {
      hint: "check the folder's permissions",
      cause: error,
    });
  }
}

/**
 * Paths of the regular files below a folder, with `/`, in order. Links are not followed: what they lead to inside the
 * folder is listed by its own name, and what lies outside is not part of the build.
 */
export async function listBuiltFiles(directory: string): Promise<string[]> {
  await refuseUnlessFolder(directory);
  const files: string[] = [];
  const waiting = [""];
  for (let folder = waiting.pop(); folder !== undefined; folder = waiting.pop()) {
    for (const entry of await listFolder(join(directory, folder))) {
      const path = folder === "" ? entry.name : `${folder}/${entry.name}`;
      if (entry.isDirectory()) waiting.push(path);
      else if (entry.isFile()) files.push(path);
    }
  }
  return files.sort();
}
