// `npm run guides`: runs the commands of docs/guides/ with the built command line and writes what came back into them.
// A line `…` that somebody put in place of others stays, as long as what stands around it still comes back.
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { cliFile } from "../../test/harness/cli-file.ts";
import { isShown } from "./compare-output.ts";
import { playGuide } from "./play-guide.ts";
import { isPlayable, readGuide, writeGuide } from "./read-guide.ts";

const GUIDES = join(import.meta.dirname, "../../docs/guides");
const asked = process.argv.slice(2);

for (const name of readdirSync(GUIDES).filter((file) => asked.length === 0 || asked.includes(file))) {
  const file = join(GUIDES, name);
  const page = readFileSync(file, "utf8");
  const blocks = readGuide(page);
  if (!isPlayable(blocks)) continue;
  const folder = mkdtempSync(join(tmpdir(), "guide-"));
  const came = playGuide(blocks, folder, { node: process.execPath, cli: cliFile() });
  const kept = came.map((block, at) => ({
    ...block,
    steps: block.steps.map((step, index) => {
      const before = blocks[at]?.steps[index];
      return before !== undefined && isShown(before.shown, step.shown) ? before : step;
    }),
  }));
  writeFileSync(file, writeGuide(page, kept));
  rmSync(folder, { recursive: true, force: true });
  console.log(`${name}: ${blocks.length} blocks`);
}
