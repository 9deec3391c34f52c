import { copyFileSync, mkdirSync, mkdtempSync, rmSync, statSync, utimesSync } from "node:fs";
import { devNull, tmpdir } from "node:os";
import { delimiter, join, resolve } from "node:path";
import { systemCode } from "../errors/index.ts";
import type { Repository } from "./repository.ts";
import type { GitResult } from "./run-git.ts";

/** Runs git on a copy of the index, with a store of objects of its own; the repository stays as it is. */
export type OwnGit = (args: readonly string[], input?: string) => Promise<GitResult>;

/** Larger changes than this takes are rather not looked at than waited for. */
const PATIENCE_MS = 60_000;

/**
 * Whatever the user's settings say: no hook runs, nothing is compressed, and whether a file changed is told by all that
 * its inode knows.
 */
const SETTINGS = {
  "core.hooksPath": devNull,
  "core.looseCompression": "0",
  "core.splitIndex": "false",
  "core.safecrlf": "false",
  "core.trustctime": "true",
  "core.checkStat": "default",
  "advice.addEmbeddedRepo": "false",
};
const FLAGS = Object.entries(SETTINGS).flatMap(([name, value]) => ["-c", `${name}=${value}`]);

/** In git's list of object stores a path may be quoted as in C. */
const quoted = (path: string) => `"${path.replaceAll("\\", "\\\\").replaceAll('"', '\\"')}"`;

async function placesOf(repository: Repository): Promise<{ index: string; objects: string }> {
  const asked = ["rev-parse", "--git-path", "index", "--git-path", "objects"];
  const [index = "", objects = ""] = (await repository.git(asked)).stdout.toString().split("\n");
  return { index: resolve(repository.folder, index), objects: resolve(repository.folder, objects) };
}

/** A copy that looked younger than the index would hide what changed in the moment in which that was written. */
function copyIndex(from: string, to: string): void {
  try {
    const { atimeMs, mtimeMs } = statSync(from);
    copyFileSync(from, to);
    utimesSync(to, Math.floor(atimeMs / 1_000), Math.floor(mtimeMs / 1_000));
  } catch (error) {
    // Before the first `git add` there is none.
    if (systemCode(error) !== "ENOENT") throw error;
  }
}

/** Lends a deed a copy of the index and an empty store of objects in front of the repository's, and removes both. */
export async function withOwnIndex<T>(repository: Repository, deed: (git: OwnGit) => Promise<T>): Promise<T> {
  const { index, objects } = await placesOf(repository);
  const folder = mkdtempSync(join(tmpdir(), "growth-engine-index-"));
  try {
    copyIndex(index, join(folder, "index"));
    mkdirSync(join(folder, "objects"));
    const others = [quoted(objects), process.env.GIT_ALTERNATE_OBJECT_DIRECTORIES].filter(Boolean);
    const env = {
      GIT_INDEX_FILE: join(folder, "index"),
      GIT_OBJECT_DIRECTORY: join(folder, "objects"),
      GIT_ALTERNATE_OBJECT_DIRECTORIES: others.join(delimiter),
    };
    const options = { env, timeout: PATIENCE_MS };
    return await deed((args, input) =>
      repository.git([...FLAGS, ...args], input === undefined ? options : { ...options, input }),
    );
  } finally {
    rmSync(folder, { recursive: true, force: true, maxRetries: 3 });
  }
}
