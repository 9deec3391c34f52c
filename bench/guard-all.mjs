// `guard all` on a large pull request. See bench/README.md.
import { parseArgs } from "node:util";
import { compare } from "./harness/compare.mjs";
import { generatePullRequest } from "./harness/generate-pull-request.mjs";
import { findProduct } from "./harness/product.mjs";
import { describeMachine, renderResults, renderRows, writeReport } from "./harness/report.mjs";

const { values } = parseArgs({
  options: {
    files: { type: "string", default: "10000" },
    changed: { type: "string", default: "500" },
    rounds: { type: "string", default: "11" },
    product: { type: "string" },
    "dry-run": { type: "boolean", default: false },
  },
});

const LIMIT_MS = 1_000;
const cli = findProduct(values.product);
const files = Number(values.files);
const changed = Number(values.changed);
const { folder, text } = generatePullRequest({ files, changed });

const guard = (name, args) => ({
  name,
  command: process.execPath,
  args: [cli, "guard", ...args, "--base", "main", "--head", "work"],
  cwd: folder,
  answer: (output) => /"verdict":\s*"(\w+)"/.exec(output)?.[1] ?? output.trim().split("\n")[0].slice(0, 80),
});
const results = await compare(
  [
    { name: "node -e 0", command: process.execPath, args: ["-e", "0"], cwd: folder },
    guard("guard all", ["all", "--pr-body", text, "--json"]),
    guard("guard mcp", ["mcp", "--json"]),
    guard("guard idle", ["idle", "--json"]),
    guard("guard ban", ["ban", "--json"]),
  ],
  { rounds: Number(values.rounds) },
);

const [, all] = results;
const limit = [
  "guard all under 1 s",
  all.failed ?? `${Math.round(all.median)} ms`,
  all.failed === null && all.median < LIMIT_MS ? "kept" : "**missed**",
];
const report = [
  "# All guards on a large pull request",
  `${describeMachine()}.`,
  `Whole processes, in turn. A pull request of ten commits that changes ${changed} code files, with evidence, heartbeat and a text, in a repository of ${files.toLocaleString("en")} TypeScript files; all well, so every rule is looked at to its end.`,
  renderResults(results, ["node -e 0"]),
  renderRows(["limit", "measured", ""], [limit]),
].join("\n\n");
writeReport("guard-all", report, !values["dry-run"]);
