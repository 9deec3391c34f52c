import { cpSync } from "node:fs";
import { dirname, join } from "node:path";
import { cliFile } from "./cli-file.ts";
import { temporaryFolder } from "./temporary-repository.ts";

/** A copy of the built `dist/portable/`, alone in a temporary folder: nothing of this project lies around it. */
export function portableFolder(): string {
  const folder = temporaryFolder();
  cpSync(join(dirname(cliFile()), "portable"), folder, { recursive: true });
  return folder;
}
