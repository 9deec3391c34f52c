// What the recording proxy adds to each call and to the start of a server. See bench/README.md.
import { execFileSync } from "node:child_process";
import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { callOnPipes, callOverHttp } from "./harness/mcp-caller.mjs";
import { percentile } from "./harness/percentile.mjs";
import { findProduct } from "./harness/product.mjs";
import { describeMachine, renderRows, writeReport } from "./harness/report.mjs";
import { ROOT, workFolder } from "./harness/work-folder.mjs";

const { values } = parseArgs({
  options: {
    calls: { type: "string", default: "2000" },
    rounds: { type: "string", default: "7" },
    // Starts differ by more than a relay adds, so that there are more of them.
    starts: { type: "string", default: "15" },
    product: { type: "string" },
    note: { type: "string", default: "" },
    "dry-run": { type: "boolean", default: false },
  },
});

/** Installed when this first runs; no dependencies of the product. */
const PINNED = { supergateway: "3.4.3", "mcp-proxy": "6.7.19" };
const WARM_UP = 200;
const TOKEN = "bench";

function peers() {
  const folder = workFolder("proxy-peers");
  const modules = join(folder, "node_modules");
  if (!Object.keys(PINNED).every((name) => existsSync(join(modules, name)))) {
    writeFileSync(join(folder, "package.json"), JSON.stringify({ private: true, dependencies: PINNED }));
    const words = ["install", "--no-audit", "--no-fund", "--ignore-scripts"];
    execFileSync("npm", words, { cwd: folder, stdio: ["ignore", "ignore", "inherit"] });
  }
  const binOf = (name) => {
    const { bin } = JSON.parse(readFileSync(join(modules, name, "package.json"), "utf8"));
    return join(modules, name, typeof bin === "string" ? bin : bin[name]);
  };
  return { supergateway: binOf("supergateway"), mcpProxy: binOf("mcp-proxy") };
}

const cli = findProduct(values.product);
const repository = workFolder("proxy-repository");
rmSync(repository, { recursive: true, force: true });
execFileSync("git", ["init", "--quiet", "--initial-branch=main", workFolder("proxy-repository")]);

const node = process.execPath;
/** Servers, and the call that each is asked. */
const SERVERS = {
  "a server that answers at once": {
    words: [node, join(ROOT, "bench/harness/echo-mcp.cjs")],
    call: (page) => ({ name: "look", arguments: { text: "how are routes nested", page } }),
  },
  "@modelcontextprotocol/server-everything": {
    words: [node, join(ROOT, "node_modules/@modelcontextprotocol/server-everything/dist/index.js"), "stdio"],
    call: (page) => ({ name: "echo", arguments: { message: `how are routes nested, page ${page}` } }),
  },
};
const env = { ...process.env, GROWTH_ENGINE_AGENT: "bench", GROWTH_ENGINE_PROXY_TOKEN: TOKEN };
const at = { cwd: repository, env };
const { supergateway, mcpProxy } = peers();
const onPort = (port) => ({ ...at, url: `http://127.0.0.1:${port}/mcp`, token: TOKEN });
const variantsOf = (server) => ({
  direct: () => callOnPipes(server, at),
  "bare relay": () => callOnPipes([node, join(ROOT, "bench/harness/bare-relay.cjs"), ...server], at),
  "mcp proxy": () => callOnPipes([node, cli, "mcp", "proxy", "--", ...server], at),
  "mcp proxy --listen": () =>
    callOverHttp([node, cli, "mcp", "proxy", "--listen", "38411", "--", ...server], onPort(38411)),
  supergateway: () => {
    const words = [
      "--stdio",
      server.join(" "),
      "--outputTransport",
      "streamableHttp",
      "--stateful",
      "--port",
      "38412",
    ];
    return callOverHttp([node, supergateway, ...words, "--logLevel", "none"], onPort(38412));
  },
  "mcp-proxy": () => callOverHttp([node, mcpProxy, "--port", "38413", "--", ...server], onPort(38413)),
});

async function measure(start, callOf, calls) {
  const caller = await start();
  const took = [];
  for (let id = 1; id <= WARM_UP + calls; id += 1) {
    const ms = await caller.ask({
      jsonrpc: "2.0",
      id,
      method: "tools/call",
      params: callOf(id),
    });
    if (id > WARM_UP) took.push(ms);
  }
  await caller.end();
  return { started: caller.started, took };
}

/** Lines that the proxies wrote: what was measured did what it is for. */
function linesWritten() {
  const days = join(repository, "artifacts/bench");
  const files = readdirSync(days).flatMap((day) =>
    readdirSync(join(days, day, "mcp")).map((file) => join(days, day, "mcp", file)),
  );
  return files.reduce((sum, file) => sum + readFileSync(file, "utf8").split("\n").length - 1, 0);
}

const calls = Number(values.calls);
const rounds = Number(values.rounds);

async function measureServer({ words, call }) {
  const variants = variantsOf(words);
  const results = Object.fromEntries(
    Object.keys(variants).map((name) => [name, { started: [], p50: [], p99: [] }]),
  );
  for (let start = 0; start < Number(values.starts); start += 1) {
    for (const [name, open] of Object.entries(variants)) {
      const caller = await open();
      results[name].started.push(caller.started);
      await caller.end();
    }
  }
  for (let round = 0; round < rounds; round += 1) {
    for (const [name, start] of Object.entries(variants)) {
      const { started, took } = await measure(start, call, calls);
      took.sort((a, b) => a - b);
      results[name].started.push(started);
      results[name].p50.push(percentile(took, 0.5));
      results[name].p99.push(percentile(took, 0.99));
    }
  }
  return results;
}

const median = (list) =>
  percentile(
    [...list].sort((a, b) => a - b),
    0.5,
  );

const rowsOf = (results) =>
  Object.entries(results).map(([name, { started, p50, p99 }]) => [
    name,
    `${median(p50).toFixed(3)} ms`,
    `${(median(p50) - median(results.direct.p50)).toFixed(3)} ms`,
    `${median(p99).toFixed(3)} ms`,
    `${(median(p99) / median(results.direct.p99)).toFixed(2)} ×`,
    `${median(started).toFixed(0)} ms`,
    `${(median(started) - median(results.direct.started)).toFixed(0)} ms`,
  ]);
const limit = (what, measured, most, unit) => [
  what,
  `${measured.toFixed(3)} ${unit}`,
  measured <= most ? "kept" : "missed",
];
const limitsOf = ({ direct, "mcp proxy": own }) => [
  limit("added to a call at p50, at most 0.2 ms", median(own.p50) - median(direct.p50), 0.2, "ms"),
  limit("p99 at most 1.5 × direct", median(own.p99) / median(direct.p99), 1.5, "×"),
  limit("start at most 100 ms later", median(own.started) - median(direct.started), 100, "ms"),
];
const measured = {};
for (const [name, server] of Object.entries(SERVERS)) measured[name] = await measureServer(server);
const report = [
  "# The recording proxy",
  `${describeMachine()}; ${Object.entries(PINNED)
    .map((pair) => pair.join(" "))
    .join("; ")}.`,
  `${calls} calls one after the other, ${rounds} rounds in turn, medians of the rounds; starts are medians of ${rounds + Number(values.starts)}. ` +
    `The two peers and \`--listen\` offer the server over HTTP, the others on pipes. ${linesWritten()} evidence lines were written meanwhile. ${values.note}`.trimEnd(),
  ...Object.entries(measured).flatMap(([name, results]) => [
    `## ${name}`,
    renderRows(["", "p50", "added", "p99", "÷ direct", "start", "later"], rowsOf(results)),
    renderRows(["limit", "measured", ""], limitsOf(results)),
  ]),
].join("\n\n");
writeReport("proxy", report, !values["dry-run"]);
