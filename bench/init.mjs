// `init` without questions on a large repository. See bench/README.md.
import { execFileSync } from "node:child_process";
import { rmSync } from "node:fs";
import { parseArgs } from "node:util";
import { compare } from "./harness/compare.mjs";
import { generateTree } from "./harness/generate-tree.mjs";
import { findProduct } from "./harness/product.mjs";
import { describeMachine, renderResults, renderRows, writeReport } from "./harness/report.mjs";
import { workFolder } from "./harness/work-folder.mjs";

const { values } = parseArgs({
  options: {
    files: { type: "string", default: "10000" },
    rounds: { type: "string", default: "9" },
    product: { type: "string" },
    "dry-run": { type: "boolean", default: false },
  },
});

const LIMIT_MS = 3_000;
const cli = findProduct(values.product);
const files = Number(values.files);
const folder = `${workFolder("init")}/${files}`;
rmSync(folder, { recursive: true, force: true });
// A clone, so that the tree that other benchmarks share stays as it is.
const git = (...words) => execFileSync("git", words, { stdio: ["ignore", "ignore", "inherit"] });
git("clone", "--quiet", "--local", generateTree(files, "clean"), folder);
git("-C", folder, "status");

/** Back to the commit, as before the first run. */
function forget() {
  git("-C", folder, "reset", "--quiet", "--hard");
  git("-C", folder, "clean", "-fdqx", "--exclude=node_modules");
}

const init = (name, args, before) => ({
  name,
  command: process.execPath,
  args: [cli, "init", "--json", ...args],
  cwd: folder,
  before,
  answer: (output) => {
    const { files: planned, done, verdict } = JSON.parse(output);
    const due = planned.filter(({ action }) => action === "create" || action === "change").length;
    return `${due} to write${done ? `, first verdict: ${verdict.verdict}` : ""}`;
  },
});
const results = await compare(
  [
    { name: "node -e 0", command: process.execPath, args: ["-e", "0"], cwd: folder },
    { name: "git status", command: "git", args: ["status", "--porcelain"], cwd: folder, before: forget },
    init("init --dry-run", ["--dry-run"], forget),
    init("init --yes", ["--yes"], forget),
    init("init --yes, again", ["--yes"]),
  ],
  { rounds: Number(values.rounds) },
);

const first = results.find(({ name }) => name === "init --yes");
const limit = [
  "init --yes under 3 s",
  first.failed ?? `${Math.round(first.median)} ms`,
  first.failed === null && first.median < LIMIT_MS ? "kept" : "**missed**",
];
const report = [
  "# Beginning in a large repository",
  `${describeMachine()}.`,
  `Whole processes, in turn, in a clone of a generated workspace of ${files.toLocaleString("en")} TypeScript files. \`init --yes\` looks around, writes the tool and everything else, and judges the head commit.`,
  renderResults(results, ["node -e 0"]),
  renderRows(["limit", "measured", ""], [limit]),
].join("\n\n");
writeReport("init", report, !values["dry-run"]);
