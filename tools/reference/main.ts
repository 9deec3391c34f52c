// `npm run reference`: writes docs/reference/ and schema/ anew.
import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { referencePages } from "./reference-pages.ts";

const PROJECT = join(import.meta.dirname, "../..");

const pages = await referencePages();
rmSync(join(PROJECT, "docs/reference"), { recursive: true, force: true });
for (const [path, text] of Object.entries(pages)) {
  mkdirSync(dirname(join(PROJECT, path)), { recursive: true });
  writeFileSync(join(PROJECT, path), text);
}
console.log(`${Object.keys(pages).length} pages written`);
