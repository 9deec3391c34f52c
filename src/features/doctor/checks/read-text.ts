import { lstatSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { systemCode } from "../../../platform/errors/index.ts";

const MAX_BYTES = 16 << 20;

function statusOf(file: string) {
  try {
    return lstatSync(file, { throwIfNoEntry: false });
  } catch (error) {
    // A folder of its path is a file, such as /dev/null.
    if (systemCode(error) === "ENOTDIR") return undefined;
    throw error;
  }
}

/** The text of a regular file of the checkout; null where there is none, or one too large to be meant. */
export function readText(worktree: string, path: string): string | null {
  const file = join(worktree, path);
  const found = statusOf(file);
  return found?.isFile() && found.size <= MAX_BYTES ? readFileSync(file, "utf8") : null;
}

/** The same, parsed; null too for what is no JSON object: whoever writes it is told by others. */
export function readJson(worktree: string, path: string): Record<string, unknown> | null {
  try {
    const value: unknown = JSON.parse(readText(worktree, path)?.replace(/^\uFEFF/, "") ?? "null");
    return typeof value === "object" && value !== null && !Array.isArray(value)
      ? (value as Record<string, unknown>)
      : null;
  } catch {
    return null;
  }
}
