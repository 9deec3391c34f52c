// How many receipts a second a control plane signs, and how long checking 100,000 receipted lines offline takes. See bench/README.md.
import { execFile } from "node:child_process";
import { createHash } from "node:crypto";
import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { loadavg } from "node:os";
import { join } from "node:path";
import { parseArgs, promisify } from "node:util";
import { startControlPlane } from "./harness/control-plane.mjs";
import { findProduct } from "./harness/product.mjs";
import { describeMachine, renderRows, writeReport } from "./harness/report.mjs";
import { workFolder } from "./harness/work-folder.mjs";

const { values } = parseArgs({
  options: {
    lines: { type: "string", default: "100000" },
    seconds: { type: "string", default: "8" },
    senders: { type: "string", default: "16" },
    product: { type: "string" },
    "dry-run": { type: "boolean", default: false },
  },
});
const RATE = 2_000;
const OFFLINE_S = 10;
const FILES = 20;
const SECOND = 1_000;
const REPOSITORY = "bench/shop";
const NO_SUM = createHash("sha256").digest("hex");
const cli = findProduct(values.product);
const run = promisify(execFile);
const sha256 = (text) => createHash("sha256").update(text).digest("hex");
const day = new Date().toISOString().slice(0, 10);

let made = 0;
function makeLine() {
  made += 1;
  return JSON.stringify({
    tool: "context7",
    doc_ref: "https://docs.example.com/context7/reference/1",
    request_id: `r-${made}`,
    timestamp: new Date().toISOString(),
    purpose: "how carts are kept",
    agent: "engineer",
  });
}

async function call(url, token, path, type, body) {
  const headers = { authorization: `Bearer ${token}`, "content-type": type };
  const response = await fetch(`${url}${path}`, { method: "POST", headers, body });
  const text = await response.text();
  if (!response.ok) throw new Error(`${path}: ${response.status} ${text.slice(0, 200)}`);
  return JSON.parse(text);
}

const HERE = new URLSearchParams({ repository: REPOSITORY, checkout: "bench" });

/** Brings lines of a new file and takes their receipts, again and again. @returns how many receipts */
async function bringFor(ms, size, name, { url, token }) {
  const until = performance.now() + ms;
  let receipts = 0;
  for (let at = 0; performance.now() < until; at += 1) {
    const file = `artifacts/engineer/${day}/mcp/${name}-${size}-${at}.jsonl`;
    const lines = Array.from({ length: size }, makeLine);
    const to = { bytes: 1, sum: sha256(`${name} ${at}`), stamp: "1" };
    const head = { file, after: { lines: 0, sum: NO_SUM }, lines: size, to };
    const body = `${[JSON.stringify(head), ...lines].join("\n")}\n`;
    await call(url, token, `/api/v1/sync/lines?${HERE}`, "application/x-ndjson", body);
    const asked = JSON.stringify({ repository: REPOSITORY, files: [{ file, sums: lines.map(sha256) }] });
    receipts += (await call(url, token, "/api/v1/receipt", "application/json", asked)).lines;
  }
  return receipts;
}

async function measureRate(plane, size) {
  const ms = Number(values.seconds) * SECOND;
  const started = performance.now();
  const senders = Array.from({ length: Number(values.senders) }, (_, at) =>
    bringFor(ms, size, `s${at}`, plane),
  );
  const counts = await Promise.all(senders);
  return counts.reduce((sum, count) => sum + count, 0) / ((performance.now() - started) / SECOND);
}

function makeCheckout(count) {
  const folder = join(workFolder("receipts"), "checkout");
  rmSync(folder, { recursive: true, force: true });
  const place = join(folder, "artifacts/engineer", day, "mcp");
  mkdirSync(place, { recursive: true });
  for (let file = 0; file < FILES; file += 1) {
    const lines = Array.from({ length: count / FILES }, makeLine);
    writeFileSync(join(place, `t${file}.jsonl`), `${lines.join("\n")}\n`);
  }
  return folder;
}

const count = Number(values.lines);
const plane = await startControlPlane(cli);
const [url] = plane.urls;
const { token } = plane;
const verdict = (isKept) => (isKept ? "kept" : "**missed**");
try {
  const load = loadavg()[0];
  await call(
    url,
    token,
    "/api/v1/sync",
    "application/json",
    JSON.stringify({ repository: REPOSITORY, checkout: "bench" }),
  );
  const rates = [];
  for (const size of [1, 20, 200]) rates.push([size, await measureRate({ url, token }, size)]);
  const folder = makeCheckout(count);
  await run("git", ["init", "-q", folder]);
  const env = { ...process.env, GROWTH_ENGINE_URL: url, GROWTH_ENGINE_TOKEN: token, CI: "1" };
  const ask = (words, more = {}) =>
    run(process.execPath, [cli, ...words], { cwd: folder, env: { ...env, ...more }, maxBuffer: 1 << 26 });
  const synced = performance.now();
  const { stdout } = await ask(["sync", "--name", REPOSITORY, "--json"]);
  const syncTook = (performance.now() - synced) / SECOND;
  if (JSON.parse(stdout).receipts !== count)
    throw new Error(`${JSON.parse(stdout).receipts} receipts of ${count}`);
  const key = (await ask(["receipt", "key"])).stdout.trim();
  const away = { GROWTH_ENGINE_URL: "http://127.0.0.1:9", GROWTH_ENGINE_TOKEN: "" };
  const offline = [];
  for (let round = 0; round < 3; round += 1) {
    const started = performance.now();
    const { stdout: said } = await ask(
      ["evidence", "verify", "--key", key, "--repository", REPOSITORY],
      away,
    );
    offline.push((performance.now() - started) / SECOND);
    if (!said.includes(`receipts prove ${count.toLocaleString("en")} lines`))
      throw new Error(said.slice(0, 500));
  }
  offline.sort((a, b) => a - b);
  const rows = rates.map(([size, rate]) => [
    `bring ${size} ${size === 1 ? "line" : "lines"} a call, then take their receipts`,
    `${Math.round(rate).toLocaleString("en")} receipts/s`,
    size === 1 ? "" : `${RATE.toLocaleString("en")}/s`,
    size === 1 ? "" : verdict(rate >= RATE),
  ]);
  rows.push(
    [
      `sync of a checkout with ${count.toLocaleString("en")} lines, receipts written`,
      `${syncTook.toFixed(1)} s`,
      "",
      "",
    ],
    [
      `verify ${count.toLocaleString("en")} receipted lines offline (median of 3)`,
      `${offline[1].toFixed(2)} s`,
      `${OFFLINE_S} s`,
      verdict(offline[1] < OFFLINE_S),
    ],
  );
  const report = [
    "# Receipts",
    `${describeMachine()}. Embedded PostgreSQL, \`serve\` and all senders on this machine; load average before ${load?.toFixed(1)}.`,
    `${values.senders} senders at once; every line was judged, searched for secrets, is durable, and stands in the signed log before its receipt is answered. Verifying is a whole process: every line is read, parsed and judged as \`evidence verify\` does, and hashed; every receipt's proof is computed and every checkpoint's signature checked.`,
    renderRows(["what", "measured", "limit", ""], rows),
  ].join("\n\n");
  writeReport("receipts", report, !values["dry-run"]);
} finally {
  await plane.close();
}
