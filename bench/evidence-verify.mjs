// `evidence verify` against the bare loop that parses the same lines. See bench/README.md.
import { join } from "node:path";
import { parseArgs } from "node:util";
import { compare } from "./harness/compare.mjs";
import { generateEvidence } from "./harness/generate-evidence.mjs";
import { findProduct } from "./harness/product.mjs";
import { describeMachine, renderLimits, renderResults, renderRows, writeReport } from "./harness/report.mjs";
import { ROOT } from "./harness/work-folder.mjs";

const { values } = parseArgs({
  options: {
    lines: { type: "string", default: "1000000" },
    large: { type: "boolean", default: false },
    rounds: { type: "string", default: "7" },
    product: { type: "string" },
    "dry-run": { type: "boolean", default: false },
  },
});

const MEMORY_LIMIT = 160;
const cli = findProduct(values.product);
const loop = join(ROOT, "bench/harness/bare-loop.mjs");

const verify = (folder, name = "evidence verify") => ({
  name,
  command: process.execPath,
  args: [cli, "evidence", "verify"],
  cwd: folder,
  answer: (output) => output.trim().split("\n")[0].replace(/\s+/g, " ").slice(0, 80),
});
const bare = (folder) => ({
  name: "read, split, JSON.parse",
  command: process.execPath,
  args: [loop, folder],
  cwd: folder,
  answer: (output) => `${output.trim()} lines`,
});

const count = Number(values.lines);
const says = count.toLocaleString("en");
const plain = generateEvidence(count);
const results = await compare([bare(plain), verify(plain)], { rounds: Number(values.rounds) });
const chained = generateEvidence(count, { chain: true });
const chainResults = await compare([bare(chained), verify(chained)], { rounds: Number(values.rounds) });

const memory = [[says, results[1].rss]];
if (values.large) {
  const many = 10_000_000;
  const [large] = await compare([verify(generateEvidence(many))], { rounds: 1, limit: 600_000 });
  memory.push([`${many.toLocaleString("en")} (${(large.median / 1000).toFixed(1)} s)`, large.rss]);
}
const memoryRows = memory.map(([lines, rss]) => [
  String(lines),
  rss === null ? "not measured" : `${Math.round(Number(rss))} MiB`,
  rss === null ? "" : Number(rss) <= MEMORY_LIMIT ? "kept" : "**missed**",
]);

const limit = [{ of: "evidence verify", to: "read, split, JSON.parse", atMost: 1.2 }];
const report = [
  "# Evidence verification",
  `${describeMachine()}.`,
  "Whole processes, in turn, files in the page cache; 120 files of four agents over thirty days.",
  `## ${says} lines`,
  renderResults(results, ["read, split, JSON.parse"]),
  renderLimits(results, limit),
  `## ${says} lines in chained sessions (each holds the SHA-256 of the one before, which is computed again)`,
  renderResults(chainResults, ["read, split, JSON.parse"]),
  `## Peak memory of \`evidence verify\`, at most ${MEMORY_LIMIT} MiB`,
  renderRows(["lines", "peak memory", ""], memoryRows),
].join("\n\n");
writeReport("evidence-verify", report, !values["dry-run"]);
