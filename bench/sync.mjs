// How long it takes to bring a checkout's records to the control plane. See bench/README.md.
import { execFile } from "node:child_process";
import { appendFileSync, cpSync, rmSync } from "node:fs";
import { cpus, loadavg } from "node:os";
import { join } from "node:path";
import { parseArgs, promisify } from "node:util";
import { startControlPlane } from "./harness/control-plane.mjs";
import { generateEvidence } from "./harness/generate-evidence.mjs";
import { findProduct } from "./harness/product.mjs";
import { describeMachine, renderRows, writeReport } from "./harness/report.mjs";
import { workFolder } from "./harness/work-folder.mjs";

const { values } = parseArgs({
  options: {
    lines: { type: "string", default: "1000000" },
    rounds: { type: "string", default: "5" },
    product: { type: "string" },
    "dry-run": { type: "boolean", default: false },
  },
});
const FIRST_S = 60;
const AGAIN_S = 1;
const NEW_LINES = 100;
const SECOND = 1_000;
const count = Number(values.lines);
const cli = findProduct(values.product);
const run = promisify(execFile);

const source = generateEvidence(count);
const folder = join(workFolder("sync"), "checkout");
rmSync(folder, { recursive: true, force: true });
cpSync(source, folder, { recursive: true });

const plane = await startControlPlane(cli);
const env = { ...process.env, GROWTH_ENGINE_URL: plane.urls[0], GROWTH_ENGINE_TOKEN: plane.token, CI: "1" };

async function sync() {
  const started = performance.now();
  const before = cpus().map(({ times }) => times.idle);
  const { stdout } = await run(process.execPath, [cli, "sync", "--name", "bench/shop", "--json"], {
    cwd: folder,
    env,
  });
  const took = performance.now() - started;
  const idle = cpus().reduce((sum, { times }, at) => sum + times.idle - before[at], 0);
  return { took, idle: idle / (took * before.length), tally: JSON.parse(stdout) };
}

function addLines(round) {
  const line = (at) =>
    JSON.stringify({
      tool: "context7",
      doc_ref: "https://docs.example.com/context7/reference/1",
      request_id: `new-${round}-${at}`,
      timestamp: "2026-01-30T12:00:00Z",
      purpose: "what is new",
      agent: "engineer",
    });
  const lines = Array.from({ length: NEW_LINES }, (_, at) => `${line(at)}\n`).join("");
  appendFileSync(join(folder, "artifacts/engineer/2026-01-30/mcp/tools.jsonl"), lines);
}

const seconds = (ms) => `${(ms / SECOND).toFixed(2)} s`;
const share = (part) => `${Math.round(part * 100)} %`;
const verdict = (isKept) => (isKept ? "kept" : "**missed**");

try {
  const load = loadavg()[0];
  const first = await sync();
  if (first.tally.received !== count) throw new Error(`${first.tally.received} lines of ${count} arrived`);
  const again = [];
  for (let round = 0; round < Number(values.rounds); round += 1) {
    addLines(round);
    const next = await sync();
    if (next.tally.received !== NEW_LINES)
      throw new Error(`${next.tally.received} lines of ${NEW_LINES} arrived`);
    again.push(next.took);
  }
  const nothing = await sync();
  again.sort((a, b) => a - b);
  const median = again[again.length >> 1];
  const report = [
    "# Records of a checkout, brought to the control plane",
    `${describeMachine()}. Embedded PostgreSQL, \`serve\` and \`sync\` on this machine; load average before ${load?.toFixed(1)}, idle while the first ran ${share(first.idle)}.`,
    `${count.toLocaleString("en")} evidence lines in ${first.tally.files} files. Each time is a whole process, start-up included; every line was parsed, judged, searched for secrets, and is durable.`,
    renderRows(
      ["sync", "lines", "time", "limit", ""],
      [
        [
          "first",
          count.toLocaleString("en"),
          seconds(first.took),
          `${FIRST_S} s`,
          verdict(first.took < FIRST_S * SECOND),
        ],
        [
          `with new lines (median of ${again.length})`,
          String(NEW_LINES),
          seconds(median),
          `${AGAIN_S} s`,
          verdict(median < AGAIN_S * SECOND),
        ],
        ["with nothing new", "0", seconds(nothing.took), "", ""],
      ],
    ),
  ].join("\n\n");
  writeReport("sync", report, !values["dry-run"]);
} finally {
  await plane.close();
}
