// What `node --import growth-engine/runtime` adds to the start of an empty program. See bench/README.md.
import { execFileSync } from "node:child_process";
import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { parseArgs } from "node:util";
import { compare } from "./harness/compare.mjs";
import { findProduct } from "./harness/product.mjs";
import { describeMachine, renderResults, writeReport } from "./harness/report.mjs";
import { ROOT, workFolder } from "./harness/work-folder.mjs";

const { values } = parseArgs({
  options: {
    rounds: { type: "string", default: "41" },
    product: { type: "string" },
    "dry-run": { type: "boolean", default: false },
  },
});

const hook = join(dirname(findProduct(values.product)), "runtime.cjs");
const folder = workFolder("runtime-hook");
rmSync(folder, { recursive: true, force: true });
mkdirSync(join(folder, ".git"), { recursive: true });
for (const name of ["empty.mjs", "empty.cjs"]) writeFileSync(join(folder, name), "");

const parts = [
  "# The runtime hook",
  `${describeMachine()}.`,
  "Whole processes, in turn: an empty program alone and under the hook, and after an empty preload, which is what any hook costs.",
];
for (const command of [process.execPath, join(ROOT, "node_modules/node/bin/node")]) {
  const version = execFileSync(command, ["--version"], { encoding: "utf8" }).trim();
  const run = (name, args) => ({ name: `${version} ${name}`, command, args, cwd: folder });
  const alone = run("empty.mjs", ["empty.mjs"]);
  const results = await compare(
    [
      alone,
      run("--import ./empty.cjs", ["--import", "./empty.cjs", "empty.mjs"]),
      run("--import growth-engine/runtime", ["--import", hook, "empty.mjs"]),
    ],
    { rounds: Number(values.rounds) },
  );
  parts.push(renderResults(results, [alone.name]));
}
writeReport("runtime-hook", parts.join("\n\n"), !values["dry-run"]);
