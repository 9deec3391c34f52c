// `npm run forge-schema`: writes the extract of GitHub's published descriptions anew.
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { extractForgeSchema, renderForgeSchema } from "./extract.ts";

const FILE = join(import.meta.dirname, "../../src/features/ci/forge/published-schema.json");
const text = renderForgeSchema(extractForgeSchema());
writeFileSync(FILE, text);
console.log(`${Math.round(text.length / 1024)} KiB written`);
