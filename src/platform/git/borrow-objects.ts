import { copyFile, mkdir, writeFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import { systemCode } from "../errors/index.ts";
import { openRepository, type Repository } from "./repository.ts";

async function placeOf(repository: Repository, name: string): Promise<string> {
  const { stdout } = await repository.git(["rev-parse", "--git-path", name]);
  return resolve(repository.folder, stdout.toString().trimEnd());
}

/** Where the history of a shallow clone ends has to end in what borrows from it too. */
async function copyShallow(from: string, to: string): Promise<void> {
  try {
    await copyFile(from, to);
  } catch (error) {
    if (systemCode(error) !== "ENOENT") throw error;
  }
}

/**
 * Creates a repository in `folder` that reads the objects of another in place (`objects/info/alternates`), so that
 * even a large history costs nothing. What is added to it never reaches the other.
 */
export async function borrowObjects(
  repository: Repository,
  folder: string,
  options: { bare: boolean },
): Promise<Repository> {
  await mkdir(folder, { recursive: true });
  const bare = options.bare ? ["--bare"] : [];
  await repository.git(["init", "--quiet", "--template=", ...bare, folder]);
  const gitFolder = options.bare ? folder : join(folder, ".git");
  await mkdir(join(gitFolder, "objects", "info"), { recursive: true });
  await writeFile(
    join(gitFolder, "objects", "info", "alternates"),
    `${await placeOf(repository, "objects")}\n`,
  );
  await copyShallow(await placeOf(repository, "shallow"), join(gitFolder, "shallow"));
  return openRepository(folder);
}
