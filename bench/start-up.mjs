// How long the command line takes to start. See bench/README.md.
import { execFileSync } from "node:child_process";
import { rmSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { compare } from "./harness/compare.mjs";
import { findProduct } from "./harness/product.mjs";
import { describeMachine, renderLimits, renderResults, writeReport } from "./harness/report.mjs";
import { workFolder } from "./harness/work-folder.mjs";

const { values } = parseArgs({
  options: {
    rounds: { type: "string", default: "41" },
    product: { type: "string" },
    "dry-run": { type: "boolean", default: false },
  },
});

const cli = findProduct(values.product);
const folder = workFolder("start-up");
rmSync(folder, { recursive: true, force: true });
execFileSync("git", ["init", "--quiet", "--initial-branch=main", workFolder("start-up")]);

const product = (name, args) => ({ name, command: process.execPath, args: [cli, ...args], cwd: folder });
const results = await compare(
  [
    { name: "node -e 0", command: process.execPath, args: ["-e", "0"], cwd: folder },
    product("growth-engine --version", ["--version"]),
    product("heartbeat beat", [
      "heartbeat",
      "beat",
      "--task",
      "ENG-1",
      "--agent",
      "bench",
      "--progress",
      "40%",
    ]),
    product("growth-engine --help", ["--help"]),
  ],
  { rounds: Number(values.rounds) },
);

const report = [
  "# Start-up",
  `${describeMachine()}.`,
  `Whole processes, in turn. The heartbeat goes into \`${join("artifacts", "bench")}\` of an empty repository.`,
  renderResults(results, ["node -e 0"]),
  renderLimits(results, [
    { of: "growth-engine --version", to: "node -e 0", atMost: 1.3 },
    { of: "heartbeat beat", to: "node -e 0", atMost: 1.3 },
  ]),
].join("\n\n");
writeReport("start-up", report, !values["dry-run"]);
