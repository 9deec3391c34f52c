// Tasks of the control plane: claims in a race, and how long each deed takes. See bench/README.md.
import { fork } from "node:child_process";
import { rmSync } from "node:fs";
import { parseArgs } from "node:util";
import { raceBacklog, startBacklog, VERSION } from "./harness/backlog-md.mjs";
import { compare } from "./harness/compare.mjs";
import { startControlPlane } from "./harness/control-plane.mjs";
import { httpClient } from "./harness/http-client.mjs";
import { percentile } from "./harness/percentile.mjs";
import { findProduct } from "./harness/product.mjs";
import { describeMachine, renderResults, renderRows, writeReport } from "./harness/report.mjs";

const { values } = parseArgs({
  options: {
    tasks: { type: "string", default: "10000" },
    operations: { type: "string", default: "2000" },
    agents: { type: "string", default: "4" },
    rounds: { type: "string", default: "1000" },
    serves: { type: "string", default: "2" },
    "without-peer": { type: "boolean", default: false },
    product: { type: "string" },
    "dry-run": { type: "boolean", default: false },
  },
});
const [tasks, operations, agents, rounds, serves] = ["tasks", "operations", "agents", "rounds", "serves"].map(
  (name) => Number(values[name]),
);
const PROCESSES = 4;
const CLAIMERS = 64;
const PAGE = 2_000;
const LIMIT_MS = 20;
const PEER_TASKS = 1_000;
const cli = findProduct(values.product);
const say = (text) => process.stderr.write(`  ${text}\n`);

/** Every task but each tenth waits for up to three before it. */
function makeTask(at) {
  const depends_on =
    at % 10 === 0 ? [] : [1, 3, 7].filter((back) => back <= at % 10).map((back) => `T-${at - back}`);
  const priority = `P${at % 4}`;
  return {
    id: `T-${at}`,
    title: `Task ${at}`,
    description: `Do what task ${at} says.`,
    priority,
    depends_on,
  };
}

function check({ status, body }, wanted) {
  if (status !== wanted) throw new Error(`${status} instead of ${wanted}: ${JSON.stringify(body)}`);
  return body;
}

async function fill(admin) {
  for (let from = 0; from < tasks; from += PAGE) {
    const page = Array.from({ length: Math.min(PAGE, tasks - from) }, (_, at) => makeTask(from + at));
    check(await admin("POST", "/api/v1/task/import", { tasks: page }), 200);
  }
}

/** Agents that ask what is next, claim it, tell progress and complete it, each as fast as it is answered. */
async function work(plane, tokens) {
  const times = { "(signed in)": [], next: [], claim: [], renew: [], progress: [], complete: [] };
  let left = operations;
  const timed = async (name, asked) => {
    const answer = await asked;
    times[name].push(answer.ms);
    return answer;
  };
  const agent = async (token, at) => {
    const ask = httpClient(plane.urls[at % plane.urls.length], token);
    while (left > 0) {
      // What any request costs here: the measure of the others.
      await timed("(signed in)", ask("GET", "/api/v1/token/self"));
      const { body } = await timed("next", ask("GET", "/api/v1/task/next"));
      const id = body.items[0]?.id;
      if (id === undefined) return;
      const claimed = await timed("claim", ask("POST", `/api/v1/task/${id}/claim`));
      // Another was told the same and was quicker.
      if (claimed.status === 409) continue;
      const { fence } = check(claimed, 200);
      left -= 1;
      check(await timed("renew", ask("POST", `/api/v1/task/${id}/renew`, { fence })), 200);
      check(await timed("progress", ask("POST", `/api/v1/task/${id}/progress`, { fence, percent: 50 })), 200);
      check(await timed("complete", ask("POST", `/api/v1/task/${id}/complete`, { fence })), 200);
    }
  };
  await Promise.all(tokens.map(agent));
  return times;
}

const hear = (child) => new Promise((resolve) => child.once("message", resolve));

/** Each round one task is claimed by all at once. @returns rounds without exactly one winner, and ms for each round */
async function race(plane, tokens) {
  for (let from = 0; from < rounds; from += PAGE) {
    const page = Array.from({ length: Math.min(PAGE, rounds - from) }, (_, at) => ({
      id: `R-${from + at}`,
      title: "race",
    }));
    check(await plane.admin("POST", "/api/v1/task/import", { tasks: page }), 200);
  }
  const children = Array.from({ length: PROCESSES }, () =>
    fork(new URL("./harness/claim-racer.mjs", import.meta.url)),
  );
  for (const [at, child] of children.entries()) {
    const own = tokens.filter((_, index) => index % PROCESSES === at);
    child.send({ urls: plane.urls, tokens: own });
    await hear(child);
  }
  const broken = [];
  const times = [];
  for (let round = 0; round < rounds; round += 1) {
    const begin = process.hrtime.bigint();
    const answers = await Promise.all(
      children.map((child) => {
        child.send({ task: `R-${round}` });
        return hear(child);
      }),
    );
    times.push(Number(process.hrtime.bigint() - begin) / 1e6);
    const winners = answers.flatMap((answer) => answer.winners);
    const { holder } = check(await plane.admin("GET", `/api/v1/task/R-${round}`), 200);
    const strange = answers.flatMap((answer) => answer.strange);
    if (winners.length !== 1 || winners[0] !== holder || strange.length > 0)
      broken.push({ round, winners, strange });
  }
  for (const child of children) child.disconnect();
  return { broken, times: times.sort((a, b) => a - b) };
}

const ms = (value) => `${value.toFixed(1)} ms`;

function deedRows(times) {
  return Object.entries(times).map(([name, all]) => {
    const sorted = all.sort((a, b) => a - b);
    // The first row is what any request costs, and promises nothing.
    const isPromised = !name.startsWith("(");
    const [half, most] = [percentile(sorted, 0.5), percentile(sorted, 0.99)];
    return [
      name,
      String(sorted.length),
      ms(half),
      ms(most),
      ms(sorted.at(-1) ?? 0),
      isPromised ? (most < LIMIT_MS ? "kept" : "**missed**") : "",
    ];
  });
}

async function measurePeer() {
  const backlog = values["without-peer"] ? null : startBacklog(PEER_TASKS);
  if (!backlog) return [];
  say(`Backlog.md ${VERSION}`);
  const subject = (name, args) => ({ name, command: backlog.command, args, cwd: backlog.folder });
  const results = await compare(
    [
      subject("backlog task create", ["task", "create", "Another"]),
      subject("backlog task list", ["task", "list", "--plain"]),
      subject("backlog task edit (claim)", ["task", "edit", "5", "-s", "In Progress", "-a", "@me"]),
      subject("backlog task edit (complete)", ["task", "edit", "6", "-s", "Done"]),
    ],
    { rounds: 5 },
  );
  const winners = [];
  for (let task = 11; task <= 15; task += 1) winners.push(await raceBacklog(backlog, String(task), 8));
  rmSync(backlog.folder, { recursive: true, force: true });
  return [
    `Backlog.md ${VERSION} beside it, with ${PEER_TASKS.toLocaleString("en")} tasks. Each is a whole process, and start-up is in it; a control plane's row above is one request.`,
    renderResults(results, []),
    `Eight processes of it on one task, five times (look whether it is to do, then take it): ${winners.join(", ")} took it.`,
  ];
}

const plane = await startControlPlane(cli, { serves });
try {
  say("agents");
  const names = Array.from({ length: CLAIMERS }, (_, at) => `agent-${at}`);
  const tokens = [];
  for (const name of names) tokens.push(await plane.addAgent(name));
  say(`${tasks} tasks`);
  await fill(plane.admin);
  say("deeds");
  const times = await work(plane, tokens.slice(0, agents));
  say("race");
  const { broken, times: raced } = await race(plane, tokens);
  const verdict = broken.length === 0 ? "kept" : "**missed**";
  const report = [
    "# Tasks of the control plane",
    `${describeMachine()}. Embedded PostgreSQL, ${serves} \`serve\` processes and all clients on this machine.`,
    `${tasks.toLocaleString("en")} tasks, most with dependencies. ${agents} agents at once, each as fast as it is answered; a request is signed in, checked, done, audited and durable before its answer. Limit: 99 of 100 in under ${LIMIT_MS} ms.`,
    renderRows(["deed", "count", "median", "p99", "most", ""], deedRows(times)),
    `Claim race: ${CLAIMERS} claimers in ${PROCESSES} processes on one task, ${rounds.toLocaleString("en")} rounds.`,
    renderRows(
      ["limit", "measured", "a round, median", ""],
      [
        [
          "exactly one winner in each round",
          `${rounds - broken.length} of ${rounds}`,
          ms(percentile(raced, 0.5)),
          verdict,
        ],
      ],
    ),
    ...(await measurePeer()),
  ].join("\n\n");
  writeReport("tasks", report, !values["dry-run"]);
  if (broken.length > 0) say(JSON.stringify(broken.slice(0, 3)));
} finally {
  await plane.close();
}
