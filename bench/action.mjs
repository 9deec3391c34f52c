// What the GitHub Action costs over `guard all`. See bench/README.md.
import { execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { pathToFileURL } from "node:url";
import { parseArgs } from "node:util";
import { compare } from "./harness/compare.mjs";
import { generatePullRequest } from "./harness/generate-pull-request.mjs";
import { findProduct } from "./harness/product.mjs";
import { describeMachine, renderResults, renderRows, writeReport } from "./harness/report.mjs";
import { ROOT, workFolder } from "./harness/work-folder.mjs";

const { values } = parseArgs({
  options: {
    files: { type: "string", default: "10000" },
    changed: { type: "string", default: "500" },
    rounds: { type: "string", default: "11" },
    product: { type: "string" },
    "dry-run": { type: "boolean", default: false },
  },
});

const LIMIT_MS = 5_000;
const portable = join(dirname(findProduct(values.product)), "portable");
const files = Number(values.files);
const changed = Number(values.changed);
const { folder: origin, text } = generatePullRequest({ files, changed });
const commit = (name) => execFileSync("git", ["rev-parse", name], { cwd: origin, encoding: "utf8" }).trim();
const [base, head] = [commit("main"), commit("work")];

const work = workFolder("action");
rmSync(work, { recursive: true, force: true });
workFolder("action");
const at = (name) => join(work, name);
const clone = (name) =>
  execFileSync("git", [
    "clone",
    "--quiet",
    "--single-branch",
    "--branch=main",
    pathToFileURL(origin).href,
    at(name),
  ]);
clone("fetched");
execFileSync("git", ["fetch", "--quiet", "origin", head], { cwd: at("fetched") });

const body = readFileSync(text, "utf8");
const pull = {
  number: 1,
  body,
  user: { login: "ada" },
  base: { ref: "main", sha: base },
  head: { ref: "work", sha: head },
};
writeFileSync(at("event.json"), JSON.stringify({ action: "opened", pull_request: pull }));
writeFileSync(at("answers.json"), JSON.stringify({ "/repos/shop/shop/pulls/1": pull }));
const forge = spawn(process.execPath, [join(ROOT, "bench/harness/still-forge.mjs"), at("answers.json")], {
  stdio: ["pipe", "pipe", "inherit"],
});
const [address] = await once(forge.stdout, "data");

const action = (name, folder, before) => ({
  name,
  command: process.execPath,
  args: [join(portable, "action.cjs")],
  cwd: at(folder),
  before,
  env: {
    GITHUB_ACTIONS: "true",
    GITHUB_API_URL: String(address).trim(),
    GITHUB_EVENT_NAME: "pull_request_target",
    GITHUB_EVENT_PATH: at("event.json"),
    GITHUB_OUTPUT: at("output"),
    GITHUB_REPOSITORY: "shop/shop",
    GITHUB_STEP_SUMMARY: at("summary.md"),
    GITHUB_WORKSPACE: at(folder),
    INPUT_GUARD: "all",
    INPUT_TOKEN: "ghs_bench",
  },
  answer: (output) =>
    [...output.matchAll(/^[\w-]+: (\w[\w-]*)\./gm)].map(([, verdict]) => verdict).join(", "),
});

/** A clone that lacks the change, as `actions/checkout` of the base leaves it. */
function fresh() {
  rmSync(at("fresh"), { recursive: true, force: true });
  clone("fresh");
}
fresh();

const results = await compare(
  [
    {
      name: "guard all",
      command: process.execPath,
      args: [
        join(portable, "cli.cjs"),
        "guard",
        "all",
        "--base",
        base,
        "--head",
        head,
        "--pr-body",
        text,
        "--json",
      ],
      cwd: at("fetched"),
      answer: (output) => /"verdict":\s*"(\w+)"/.exec(output)?.[1] ?? null,
    },
    action("the action, head there", "fetched"),
    action("the action, head to be fetched", "fresh", fresh),
  ],
  { rounds: Number(values.rounds) },
).finally(() => forge.stdin.end());

const [all, ...runs] = results;
const limits = runs.map(({ name, median, failed }) => {
  const over = median - all.median;
  const promise = `${name}: under 5 s over guard all`;
  if (failed !== null || all.failed !== null) return [promise, "not measured", ""];
  return [promise, `${Math.round(over)} ms`, over < LIMIT_MS ? "kept" : "**missed**"];
});
const report = [
  "# The GitHub Action over `guard all`",
  `${describeMachine()}.`,
  `Whole processes, in turn, all from \`dist/portable/\`. A pull request of ten commits that changes ${changed} code files in a repository of ${files.toLocaleString("en")} TypeScript files. The forge is on this machine: git by its file transport, the interface on the loopback address, so what a network adds is not in here. The action also reads the event, asks for tip, text and approvals, and writes annotations, summary and output.`,
  renderResults(results, ["guard all"]),
  renderRows(["limit", "measured", ""], limits),
].join("\n\n");
writeReport("action", report, !values["dry-run"]);
