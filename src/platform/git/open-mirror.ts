import { mkdir } from "node:fs/promises";
import { openRepository, type Repository } from "./repository.ts";
import { runGit } from "./run-git.ts";

/** A bare repository of our own that objects are fetched into, made when it is not there. It follows no redirects. */
export async function openMirror(folder: string): Promise<Repository> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  await runGit(["init", "--quiet", "--bare", "--template=", folder], { cwd: folder });
  const mirror = await openRepository(folder);
  await mirror.git(["config", "http.followRedirects", "false"]);
  return mirror;
}
