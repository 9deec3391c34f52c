import { mkdirSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

/** The checkout that holds the benchmarks. */
export const ROOT = join(dirname(fileURLToPath(import.meta.url)), "../..");

/** Where generated trees and peers are kept between runs; git ignores it. */
export const WORK = join(ROOT, "bench/.work");

/** A folder below `bench/.work`, made when it is not there. */
export function workFolder(name) {
  const folder = join(WORK, name);
  mkdirSync(folder, { recursive: true });
  return folder;
}
