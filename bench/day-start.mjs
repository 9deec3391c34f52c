// The morning of a fleet of 100 agents and 10,000 tasks. See bench/README.md.
import { execFileSync, spawnSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { startControlPlane } from "./harness/control-plane.mjs";
import { httpClient } from "./harness/http-client.mjs";
import { percentile } from "./harness/percentile.mjs";
import { findProduct } from "./harness/product.mjs";
import { describeMachine, renderRows, writeReport } from "./harness/report.mjs";

const { values } = parseArgs({
  options: {
    agents: { type: "string", default: "100" },
    tasks: { type: "string", default: "10000" },
    runs: { type: "string", default: "7" },
    product: { type: "string" },
    "dry-run": { type: "boolean", default: false },
  },
});
const [agents, tasks, runs] = [values.agents, values.tasks, values.runs].map(Number);
const PAGE = 2_000;
const LIMIT_MS = 3_000;
const cli = findProduct(values.product);

/** Every task but each tenth waits for up to three before it. */
function makeTask(at) {
  const depends_on =
    at % 10 === 0 ? [] : [1, 3, 7].filter((back) => back <= at % 10).map((back) => `T-${at - back}`);
  return { id: `T-${at}`, title: `Task ${at}`, priority: `P${at % 4}`, depends_on };
}

async function fill(plane) {
  for (let from = 0; from < tasks; from += PAGE) {
    const page = Array.from({ length: Math.min(PAGE, tasks - from) }, (_, at) => makeTask(from + at));
    const { status, body } = await plane.admin("POST", "/api/v1/task/import", { tasks: page });
    if (status !== 200) throw new Error(JSON.stringify(body));
  }
  for (let at = 0; at < agents; at += 1) {
    const ask = httpClient(plane.urls[0], await plane.addAgent(`agent-${at}`));
    const { body } = await ask("POST", `/api/v1/task/T-${at * 10}/claim`, {});
    await ask("POST", "/api/v1/heartbeat", { task: `T-${at * 10}`, fence: body.fence });
    if (at % 10 === 0)
      await ask("POST", `/api/v1/task/T-${at * 10}/block`, {
        fence: body.fence,
        type: "decision",
        reason: "?",
      });
  }
}

function checkout() {
  const folder = mkdtempSync(join(tmpdir(), "growth-engine-bench-"));
  execFileSync("git", ["init", "--quiet", folder]);
  execFileSync(process.execPath, [cli, "init", "--yes", "--forge", "github"], {
    cwd: folder,
    stdio: "ignore",
  });
  return folder;
}

function measure(words, cwd, env) {
  const times = Array.from({ length: runs }, () => {
    const begin = performance.now();
    const { status, stderr } = spawnSync(process.execPath, [cli, ...words], { cwd, env });
    if (status === 2) throw new Error(String(stderr));
    return performance.now() - begin;
  }).sort((a, b) => a - b);
  return { name: words.join(" "), median: percentile(times, 0.5), most: times.at(-1) };
}

const plane = await startControlPlane(cli);
const folder = checkout();
try {
  await fill(plane);
  const env = {
    ...process.env,
    GROWTH_ENGINE_URL: plane.urls[0],
    GROWTH_ENGINE_TOKEN: plane.token,
    GITHUB_TOKEN: "",
  };
  const measured = ["day start", "day start --dry-run", "health", "doctor"].map((words) =>
    measure(words.split(" "), folder, env),
  );
  const show = (ms) => `${Math.round(ms)} ms`;
  const rows = measured.map(({ name, median, most }) => [
    name,
    show(median),
    show(most),
    name.startsWith("day") ? (most < LIMIT_MS ? "kept" : "**missed**") : "",
  ]);
  writeReport(
    "day-start",
    [
      "# The start of a day",
      "",
      `${describeMachine()}. Embedded PostgreSQL, \`serve\` and the command on this machine.`,
      "",
      `${agents} agents that hold a task each, each tenth of which is blocked; ${tasks.toLocaleString("en-US")} tasks, most with dependencies; a checkout without remote and MCP servers. ${runs} runs of the whole command, start-up of Node included. Limit: under ${LIMIT_MS / 1_000} s.`,
      "",
      renderRows(["command", "median", "most", ""], rows),
    ].join("\n"),
    !values["dry-run"],
  );
} finally {
  await plane.close();
  rmSync(folder, { recursive: true, force: true });
}
