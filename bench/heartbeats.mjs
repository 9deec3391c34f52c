// How many live heartbeats a second become durable, and how soon silence is found. See bench/README.md.
import { execFile } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { parseArgs, promisify } from "node:util";
import { Kysely, PostgresDialect, sql } from "kysely";
import pg from "pg";
import { sweepStatement } from "../src/features/heartbeat/live/sweep-store.ts";
import { medianOf } from "./harness/compare.mjs";
import { findProduct } from "./harness/product.mjs";
import { describeMachine, renderRows, writeReport } from "./harness/report.mjs";
import { startDatabase, startProcess, startServe } from "./harness/serve-on-database.mjs";
import { ROOT, workFolder } from "./harness/work-folder.mjs";

const { values } = parseArgs({
  options: {
    rounds: { type: "string", default: "5" },
    seconds: { type: "string", default: "8" },
    agents: { type: "string", default: "100000" },
    product: { type: "string" },
    // Uptime Kuma, and the tokens of one push monitor for each connection, as a JSON file.
    kuma: { type: "string" },
    "kuma-tokens": { type: "string" },
    "dry-run": { type: "boolean", default: false },
  },
});
const CONNECTIONS = 64;
const LINES = 500;
const SENDERS = 4;
const PORT = 17_420;
const PLAIN_PORT = 17_421;
const rounds = Number(values.rounds);

const database = await startDatabase();
const serve = await startServe(findProduct(values.product), database.url, PORT);
const plain = await startProcess(
  [join(ROOT, "bench/harness/plain-server.mjs"), String(PLAIN_PORT), JSON.stringify(database.connection)],
  {},
  /ready/,
);
const pool = new pg.Pool({ ...database.connection, options: "-c search_path=growth_engine -c timezone=UTC" });

/** An agent with a token and, so that each of its beats renews a lease, a claimed task. */
async function makeAgent(index) {
  const agent = `bench-${index}`;
  await serve.ask("POST", "/api/v1/agent", { name: agent });
  const { token } = await serve.ask("POST", "/api/v1/token", { role: "agent", agent, label: agent });
  const task = `BENCH-${index}`;
  await serve.ask("POST", "/api/v1/task", { id: task, title: task });
  const { fence } = await serve.ask("POST", `/api/v1/task/${task}/claim`, {}, token);
  return {
    token,
    beat: { agent, task, fence, status: "doing", progress: "40%", session: "bench", file: "src/a.ts" },
  };
}

const agents = [];
for (let index = 0; index < CONNECTIONS; index += 1) agents.push(await makeAgent(index));

const run = promisify(execFile);
async function load(url, clients, seconds) {
  const file = join(workFolder("heartbeats"), "load.json");
  writeFileSync(file, JSON.stringify({ url, seconds, clients }));
  const { stdout } = await run(process.execPath, [join(ROOT, "bench/harness/send-load.mjs"), file]);
  return JSON.parse(stdout);
}

const one = agents.map(({ token, beat }) => ({
  headers: { authorization: `Bearer ${token}`, "content-type": "application/json" },
  body: JSON.stringify(beat),
}));
const many = agents.slice(0, SENDERS).map(({ token, beat }) => ({
  headers: { authorization: `Bearer ${token}`, "content-type": "application/x-ndjson" },
  body: Array(LINES).fill(JSON.stringify(beat)).join("\n"),
}));
const subjects = [
  {
    name: "a route that does nothing",
    url: `http://127.0.0.1:${PLAIN_PORT}/nothing`,
    clients: one,
    beats: 1,
  },
  { name: "one INSERT per request", url: `http://127.0.0.1:${PLAIN_PORT}/insert`, clients: one, beats: 1 },
  { name: "growth-engine, one per request", url: `${serve.url}/api/v1/heartbeat`, clients: one, beats: 1 },
  {
    name: `growth-engine, ${LINES} per request`,
    url: `${serve.url}/api/v1/heartbeat/batch`,
    clients: many,
    beats: LINES,
  },
].map((subject) => ({ ...subject, runs: [] }));
if (values.kuma !== undefined) {
  const tokens = JSON.parse(readFileSync(values["kuma-tokens"], "utf8"));
  const clients = tokens.map((token) => ({ headers: {}, body: "", path: `/api/push/${token}?status=up` }));
  subjects.push({ name: "Uptime Kuma, one push per request", url: values.kuma, clients, beats: 1, runs: [] });
}

for (const { url, clients } of subjects) await load(url, clients, 3);
for (let round = 0; round < rounds; round += 1) {
  for (const { name, url, clients, runs } of subjects) {
    process.stderr.write(`  ${round + 1}/${rounds} ${name}\n`);
    runs.push(await load(url, clients, Number(values.seconds)));
  }
}

const sorted = (numbers) => numbers.sort((a, b) => a - b);
const median = (subject, key) => medianOf(sorted(subject.runs.map((result) => result[key])));
const perSecond = (subject) => median(subject, "rate") * subject.beats;
const whole = (value) => Math.round(value).toLocaleString("en-US");
const rows = subjects.map((subject) => {
  const rates = sorted(subject.runs.map(({ rate }) => rate * subject.beats));
  return [
    subject.name,
    String(subject.clients.length),
    whole(perSecond(subject)),
    `${whole(rates[0])} – ${whole(rates.at(-1))}`,
    (perSecond(subject) / perSecond(subjects[0])).toFixed(2),
    `${median(subject, "p50")} ms`,
    `${median(subject, "p99")} ms`,
    String(subject.runs.reduce((sum, { failed }) => sum + failed, 0)),
  ];
});
const [nothing, insert, single, batch] = subjects;
const share = perSecond(single) / perSecond(nothing);
const tail = median(single, "p99") / median(insert, "p99");

/** Many agents that all fall silent at one moment, found by the server that runs, as it runs. */
async function findSilence(count) {
  await pool.query("delete from heartbeat_states");
  await pool.query("vacuum analyze heartbeat_states");
  const [{ fleet_id: fleet }] = (await pool.query("select fleet_id from fleet_fleets limit 1")).rows;
  const limit = Date.now() + 20_000;
  const heard = new Date(limit - 600_000).toISOString();
  await pool.query(
    `insert into heartbeat_states (fleet_id, agent, state, state_since, says, silent_from, deadline, alive_at, beat, status,
       progressing_at)
     select $1, 'silent-' || n, 'fresh', $2, 'fresh', $2, $3, $2, 'b', 'doing', $2 from generate_series(1, $4) n`,
    [fleet, heard, new Date(limit).toISOString(), count],
  );
  await pool.query("analyze heartbeat_states");
  await wait(limit - Date.now());
  for (;;) {
    const { rows: found } = await pool.query(
      "select count(*)::int from heartbeat_states where state = 'late'",
    );
    if (found[0].count === count) return Date.now() - limit;
    await wait(100);
  }
}

async function explainSweep() {
  const now = new Date(Date.now() + 60_000).toISOString();
  const few =
    "update heartbeat_states set deadline = $1 where agent in (select 'silent-' || n from generate_series(1, 200) n)";
  await pool.query(few, [new Date(Date.now() + 30_000).toISOString()]);
  const kysely = new Kysely({ dialect: new PostgresDialect({ pool }) });
  const { rows: lines } =
    await sql`explain (analyze, buffers, costs off) ${sweepStatement(now, 20_000)}`.execute(kysely);
  return lines.map((line) => line["QUERY PLAN"]).join("\n");
}

const found = await findSilence(Number(values.agents));
const plan = await explainSweep();
const [{ server_version: version }] = (await pool.query("show server_version")).rows;
await pool.end();
await serve.close();
await plain.close();
await database.close();

const kept = (is) => (is ? "kept" : "**missed**");
const report = [
  "# Live heartbeats",
  `${describeMachine()}; PostgreSQL ${version}.`,
  `Load by autocannon from a process of its own, ${values.seconds} s a run, ${rounds} runs in turn, medians; server, database and load share the machine. Each beat of ours is signed in, checked, renews the lease of a claimed task, and is durable before it is answered; the others do neither of the first three.`,
  renderRows(["what", "connections", "beats/s", "least – most", "÷ nothing", "p50", "p99", "failed"], rows),
  renderRows(
    ["limit", "measured", ""],
    [
      [
        "one per request at least 0.4 × a route that does nothing",
        `${share.toFixed(2)} ×`,
        kept(share >= 0.4),
      ],
      ["its p99 at most half of one INSERT per request", `${tail.toFixed(2)} ×`, kept(tail <= 0.5)],
      [
        `batches of ${LINES}: at least 50,000 beats/s`,
        whole(perSecond(batch)),
        kept(perSecond(batch) >= 50_000),
      ],
      [
        `${whole(Number(values.agents))} agents that fall silent at once: all found within 5 s`,
        `${(found / 1000).toFixed(1)} s`,
        kept(found <= 5_000),
      ],
    ],
  ),
  "## The sweep's plan",
  `With ${whole(Number(values.agents))} agents, of whom 200 are due.`,
  `\`\`\`text\n${plan}\n\`\`\``,
].join("\n\n");
writeReport("heartbeats", report, !values["dry-run"]);
