// Ban scan side by side with tools that look for imports. See bench/README.md.
import { execFileSync } from "node:child_process";
import { appendFileSync, existsSync, mkdirSync, rmSync, writeFileSync } from "node:fs";
import { basename, join, resolve } from "node:path";
import { parseArgs } from "node:util";
import { compare } from "./harness/compare.mjs";
import { generateTree } from "./harness/generate-tree.mjs";
import { findPeers } from "./harness/peers.mjs";
import { findProduct } from "./harness/product.mjs";
import { describeMachine, renderLimits, renderResults, writeReport } from "./harness/report.mjs";
import { workFolder } from "./harness/work-folder.mjs";

const { values } = parseArgs({
  options: {
    sizes: { type: "string", default: "2500,30000" },
    corpus: { type: "string" },
    rounds: { type: "string", default: "9" },
    "cruiser-limit": { type: "string", default: "300" },
    "without-cruiser": { type: "boolean", default: false },
    product: { type: "string" },
    "dry-run": { type: "boolean", default: false },
  },
});

const NAMES = [
  "@shopify/mcp-server-dev",
  "@shopify/dev-mcp",
  "context7-mcp",
  "@upstash/context7-mcp",
  "chrome-devtools-mcp",
];
const rounds = Number(values.rounds);
const cli = findProduct(values.product);
const peers = findPeers();

/** Whatever a run keeps for the next one. */
function forget(tree) {
  for (const path of [".git/growth-engine", "node_modules/.cache"])
    rmSync(join(tree, path), { recursive: true, force: true });
}

/** Configurations of the peers, outside of the trees. */
function writeConfigs() {
  const folder = workFolder("configs");
  const oxlint = join(folder, "oxlintrc.json");
  const rule = ["error", { paths: NAMES, patterns: NAMES.map((name) => `${name}/*`) }];
  writeFileSync(
    oxlint,
    JSON.stringify({ categories: { correctness: "off" }, rules: { "no-restricted-imports": rule } }),
  );
  const cruiser = join(folder, "cruiser.cjs");
  const forbidden = [
    {
      name: "no-dev-mcp",
      severity: "error",
      from: { path: "^(app|src|server|lib|packages/[^/]+/src|apps/[^/]+/(app|src|server|lib))/" },
      to: { path: `(^|node_modules/)(${NAMES.join("|")})(/|$)`, reachable: true },
    },
  ];
  const options = { doNotFollow: { path: "node_modules" }, tsConfig: { fileName: "tsconfig.json" } };
  writeFileSync(cruiser, `module.exports = ${JSON.stringify({ forbidden, options })};\n`);
  return { oxlint, cruiser };
}

const configs = writeConfigs();
const NAMED = /context7-mcp|chrome-devtools-mcp/;
/** Few tools promise more of their exit code than that 0 means clean. */
const worked = (code) => code >= 0;

/** What a tool found; null when it had to find something else, so that a broken run never counts. */
const finds = (isClean) => (output) => {
  if (isClean === null) return NAMED.test(output) ? "names it" : "nothing";
  if (isClean) return NAMED.test(output) ? null : "nothing";
  if (/bridge[\s\S]*connect[\s\S]*context7-mcp/.test(output)) return "prints the chain";
  return NAMED.test(output) ? "names it" : null;
};

function cruise(tree, isClean) {
  const words = ["--config", configs.cruiser, "--output-type", "err", ...foldersOf(tree)];
  const says = finds(isClean);
  return {
    name: "dependency-cruiser",
    // It goes through imports by recursion, which takes more stack on large trees than a process is given.
    command: "bash",
    args: [
      "-c",
      'ulimit -s 900000 && exec "$0" "$@"',
      process.execPath,
      "--stack-size=800000",
      "--max-old-space-size=8192",
      peers.cruiser,
      ...words,
    ],
    cwd: tree,
    worked,
    once: true,
    limit: Number(values["cruiser-limit"]) * 1000,
    answer: (output) => (/dependency violations/.test(output) ? says(output) : null),
  };
}

/** @param {string} tree @param {boolean | null} isClean null when it is not known */
function subjectsFor(tree, isClean) {
  const scan = { command: process.execPath, args: [cli, "ban", "scan", "--json"], cwd: tree };
  const verdict = (output) => {
    const guard = JSON.parse(output);
    if (isClean !== null && (guard.verdict === "pass") !== isClean) return null;
    const chain = guard.findings.some((finding) => (finding.chain?.length ?? 0) > 2)
      ? ", prints the chain"
      : "";
    return `${guard.verdict}${chain}`;
  };
  const own = { ...scan, worked: (code) => code === 0 || code === 1, answer: verdict };
  const subjects = [
    { name: "node -e 0", command: process.execPath, args: ["-e", "0"], cwd: tree },
    { ...own, name: "ban scan, cold", before: () => forget(tree) },
    { ...own, name: "ban scan, warm" },
  ];
  if (peers.revDep)
    subjects.push({
      name: "rev-dep",
      command: peers.revDep,
      args: ["config", "run"],
      cwd: tree,
      env: { REV_DEP_TELEMETRY_OFF: "true" },
      worked,
      answer: finds(isClean),
    });
  if (peers.rg)
    subjects.push({
      name: "rg",
      command: peers.rg,
      args: ["-l", "-F", ...NAMES.flatMap((name) => ["-e", name]), "."],
      cwd: tree,
      worked: (code) => code < 2,
      answer: (output) => `${output.split("\n").filter(Boolean).length} files hold a name`,
    });
  subjects.push({
    name: "oxlint",
    command: process.execPath,
    args: [peers.oxlint, "-c", configs.oxlint, "--quiet", "."],
    cwd: tree,
    worked,
    answer: finds(isClean),
  });
  return values["without-cruiser"] ? subjects : [...subjects, cruise(tree, isClean)];
}

function foldersOf(tree) {
  return ["app", "src", "server", "lib", "packages", "apps", "scripts"].filter((name) =>
    existsSync(join(tree, name)),
  );
}

function limitsFor(count) {
  return [
    { of: "ban scan, cold", to: "rev-dep", atMost: count > 10_000 ? 1.2 : 1.5 },
    { of: "ban scan, warm", to: "rev-dep", atMost: 1 },
    { of: "ban scan, cold", to: "oxlint", atMost: 1 },
    { of: "ban scan, cold", to: "dependency-cruiser", atMost: 1 / 50 },
  ];
}

async function measure(tree, count, isClean, title) {
  process.stderr.write(`${title}\n`);
  const results = await compare(subjectsFor(tree, isClean), { rounds });
  return [
    `## ${title}`,
    renderResults(results, ["rev-dep", "node -e 0"]),
    renderLimits(results, limitsFor(count)),
  ].join("\n\n");
}

/** A clone, so that the peers' configuration never lands in a checkout of somebody. */
function cloneCorpus(folder) {
  const target = join(workFolder("corpus"), basename(resolve(folder)));
  rmSync(target, { recursive: true, force: true });
  mkdirSync(target, { recursive: true });
  execFileSync("git", ["clone", "--quiet", "--local", resolve(folder), target], {
    stdio: ["ignore", "ignore", "inherit"],
  });
  const entryPoints = [
    "app",
    "src",
    "server",
    "lib",
    "packages/*/src",
    "apps/*/app",
    "apps/*/src",
    "apps/*/server",
    "apps/*/lib",
  ];
  const restrictedImportsDetection = {
    enabled: true,
    entryPoints: entryPoints.flatMap((part) =>
      ["ts", "tsx", "js", "jsx", "mjs", "cjs"].map((end) => `${part}/**/*.${end}`),
    ),
    denyModules: NAMES,
  };
  const config = {
    configVersion: "1.10",
    rules: [{ path: ".", followMonorepoPackages: true, restrictedImportsDetection }],
  };
  writeFileSync(join(target, "rev-dep.config.json"), JSON.stringify(config));
  // Not part of what is measured: it holds the names itself.
  appendFileSync(join(target, ".git/info/exclude"), "rev-dep.config.json\n");
  return target;
}

function countCode(tree) {
  const list = execFileSync("git", ["ls-files"], { cwd: tree, encoding: "utf8", maxBuffer: 256 << 20 });
  return list.split("\n").filter((path) => /\.[cm]?[jt]sx?$/.test(path)).length;
}

const sections = [];
if (values.corpus) {
  const tree = cloneCorpus(values.corpus);
  const count = countCode(tree);
  sections.push(await measure(tree, count, null, `${basename(resolve(values.corpus))}: ${count} code files`));
} else {
  for (const count of values.sizes.split(",").map(Number)) {
    for (const kind of /** @type {const} */ (["clean", "violation"])) {
      const says = kind === "clean" ? "clean" : "one transitive violation of three imports";
      sections.push(
        await measure(
          generateTree(count, kind),
          count,
          kind === "clean",
          `${count.toLocaleString("en")} TypeScript files, ${says}`,
        ),
      );
    }
  }
}

const versions = Object.entries(peers.versions).map(([name, version]) =>
  version ? `${name} ${version}` : `${name}: not on this machine, left out`,
);
const report = [
  `# Ban scan${values.corpus ? ` on ${basename(resolve(values.corpus))}` : ""}`,
  `${describeMachine()}. ${versions.join(", ")}.`,
  `Whole processes, in turn, files in the page cache. Cold: nothing kept from an earlier run; warm: run again. rev-dep is its native binary, config run with one rule that denies the names to production; rg lists files that hold a name; oxlint is no-restricted-imports; dependency-cruiser is one reachable rule, with as large a stack as it needs, once, stopped after ${values["cruiser-limit"]} s.`,
  ...sections,
].join("\n\n");
const name = values.corpus ? `ban-scan-${basename(resolve(values.corpus))}` : "ban-scan";
writeReport(name, report, !values["dry-run"]);
