// Reservations of the control plane: how long a question takes, a race, and circles. See bench/README.md.
import { fork } from "node:child_process";
import { setTimeout as pause } from "node:timers/promises";
import { parseArgs } from "node:util";
import { startControlPlane } from "./harness/control-plane.mjs";
import { httpClient } from "./harness/http-client.mjs";
import { percentile } from "./harness/percentile.mjs";
import { findProduct } from "./harness/product.mjs";
import { describeMachine, renderRows, writeReport } from "./harness/report.mjs";

const { values } = parseArgs({
  options: {
    reservations: { type: "string", default: "10000" },
    questions: { type: "string", default: "2000" },
    rounds: { type: "string", default: "1000" },
    circles: { type: "string", default: "20" },
    serves: { type: "string", default: "2" },
    product: { type: "string" },
    "dry-run": { type: "boolean", default: false },
  },
});
const [reservations, questions, rounds, circles, serves] = [
  "reservations",
  "questions",
  "rounds",
  "circles",
  "serves",
].map((name) => Number(values[name]));
const PROCESSES = 4;
const TAKERS = 64;
const LIMIT_MS = 20;
const CIRCLE_MS = 1_000;
const AT_ONCE = 8;
const DAY_S = 86_400;
const cli = findProduct(values.product);
const say = (text) => process.stderr.write(`  ${text}\n`);
const file = (pattern) => ({ kind: "file", pattern });
const ms = (value) => `${value.toFixed(1)} ms`;

function check({ status, body }, wanted) {
  if (status !== wanted) throw new Error(`${status} instead of ${wanted}: ${JSON.stringify(body)}`);
  return body;
}

/** What a fleet of one repository with 100 packages reserves: folders, kinds of files, files, environments. */
function wishOf(at) {
  const [pack, module] = [`packages/p${at % 100}`, `m${Math.floor(at / 500)}`];
  switch (Math.floor(at / 100) % 5) {
    case 0:
      return file(`${pack}/src/${module}/**`);
    case 1:
      return file(`${pack}/test/${module}/*.ts`);
    case 2:
      return file(`${pack}/docs/${module}.md`);
    case 3:
      return file(`${pack}/{styles,icons}/${module}/*.css`);
    default:
      return { kind: at % 2 === 0 ? "environment" : "name", pattern: `e${at}` };
  }
}

async function fill(asks) {
  let next = 0;
  const worker = async (_, lane) => {
    while (next < reservations) {
      const at = next;
      next += 1;
      const ask = asks[(at + lane) % asks.length];
      check(await ask("POST", "/api/v1/reservation", { resources: [wishOf(at)], lease_seconds: DAY_S }), 201);
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, worker));
}

/** What is asked, by how much of the fleet it is about. */
const QUESTIONS = {
  "one file that somebody has": (at) => [file(`packages/p${at % 100}/src/m${at % 20}/deep/x.ts`)],
  "one file that nobody has": (at) => [file(`packages/p${at % 100}/lib/x${at}.ts`)],
  "a folder's files of a kind": (at) => [file(`packages/p${at % 100}/test/m${at % 20}/*.spec.ts`)],
  "five things at once": (at) => [
    file(`packages/p${at % 100}/src/m${at % 20}/**`),
    file(`packages/p${(at + 1) % 100}/docs/*.md`),
    file(`packages/p${(at + 2) % 100}/{styles,icons,fonts}/**`),
    { kind: "environment", pattern: `e${at}` },
    { kind: "name", pattern: "release" },
  ],
  "a whole package": (at) => [file(`packages/p${at % 100}/**`)],
  "the same folder of each package": (at) => [file(`packages/*/src/m${at % 20}/*.ts`)],
  "files of a kind, wherever": () => [file("**/*.md")],
  "the whole repository": () => [file("**")],
};

async function ask(asks) {
  const kinds = Object.entries(QUESTIONS);
  const times = new Map(kinds.map(([name]) => [name, []]));
  let [next, found] = [0, new Map()];
  const worker = async (_, lane) => {
    while (next < questions) {
      const at = next;
      next += 1;
      const [name, wish] = kinds[at % kinds.length];
      const body = { resources: wish(at) };
      const answer = await asks[lane % asks.length]("POST", "/api/v1/reservation/conflicts", body);
      found.set(name, check(answer, 200).items.length);
      times.get(name).push(answer.ms);
    }
  };
  await Promise.all(Array.from({ length: 2 }, worker));
  return { times, found };
}

function row(name, all, limit) {
  const sorted = [...all].sort((a, b) => a - b);
  const most = percentile(sorted, 0.99);
  const verdict = most < limit ? "kept" : "**missed**";
  return [
    name,
    String(sorted.length),
    ms(percentile(sorted, 0.5)),
    ms(most),
    ms(sorted.at(-1) ?? 0),
    verdict,
  ];
}

const hear = (child) => new Promise((resolve) => child.once("message", resolve));

/** Each round one file is taken by all at once. @returns rounds without exactly one winner, and ms for each round */
async function race(plane, tokens) {
  const children = Array.from({ length: PROCESSES }, () =>
    fork(new URL("./harness/reservation-racer.mjs", import.meta.url)),
  );
  for (const [at, child] of children.entries()) {
    child.send({ urls: plane.urls, tokens: tokens.filter((_, index) => index % PROCESSES === at) });
    await hear(child);
  }
  const [broken, times] = [[], []];
  for (let round = 0; round < rounds; round += 1) {
    const begin = process.hrtime.bigint();
    const answers = await Promise.all(
      children.map((child, at) => {
        // In other words each, of which every two have a path in common.
        const pattern = [`race/r${round}/x`, `race/r${round}/*`, `race/r${round}/**`, `**/r${round}/x`][at];
        child.send({ pattern });
        return hear(child);
      }),
    );
    times.push(Number(process.hrtime.bigint() - begin) / 1e6);
    const winners = answers.flatMap((answer) => answer.winners);
    const strange = answers.flatMap((answer) => answer.strange);
    const path = `/api/v1/reservation/${winners[0]?.id}`;
    const { agent } = winners.length === 1 ? check(await plane.admin("GET", path), 200) : {};
    if (winners.length !== 1 || winners[0].agent !== agent || strange.length > 0)
      broken.push({ round, winners, strange });
    for (const { id } of winners)
      check(await plane.admin("POST", `/api/v1/reservation/${id}/revoke`, { reason: "next round" }), 200);
  }
  for (const child of children) child.disconnect();
  return { broken, times: times.sort((a, b) => a - b) };
}

/** A ring of agents: each holds a file and waits for the next one's; the last would close it. */
async function closeByWaiting(asks) {
  const times = [];
  for (let at = 0; at < circles; at += 1) {
    const ring = asks.slice(0, 2 + (at % 9));
    const taken = [];
    const take = async (who, pattern, wait_seconds) => {
      const body = { resources: [file(pattern)], lease_seconds: DAY_S, wait_seconds };
      const answer = await ring[who]("POST", "/api/v1/reservation", body);
      if (answer.status === 201) taken.push([who, answer.body]);
      return answer;
    };
    for (const who of ring.keys()) check(await take(who, `ring/${at}/${who}`, 0), 201);
    for (const who of ring.keys()) {
      const answer = await take(who, `ring/${at}/${(who + 1) % ring.length}`, DAY_S);
      if (who < ring.length - 1) check(answer, 201);
      else {
        if (check(answer, 409).code !== "RESERVATION_CIRCLE") throw new Error(answer.body.detail);
        times.push(answer.ms);
      }
    }
    // Those who wait first: they have no fence.
    for (const [who, { id, fence }] of taken.reverse())
      check(
        await ring[who]("POST", `/api/v1/reservation/${id}/release`, fence === null ? {} : { fence }),
        200,
      );
  }
  return times;
}

/** A circle that a new dependency of a task closes: until it is listed. */
async function closeByTask(plane, [ada, ben]) {
  const times = [];
  const circlesNow = async () => (await plane.admin("GET", "/api/v1/reservation/circles")).body.items.length;
  for (let at = 0; at < circles; at += 1) {
    const [one, two] = [`C-${at}-1`, `C-${at}-2`];
    for (const id of [one, two]) check(await plane.admin("POST", "/api/v1/task", { id, title: id }), 201);
    check(await ada("POST", `/api/v1/task/${one}/claim`), 200);
    check(await ben("POST", `/api/v1/task/${two}/claim`), 200);
    const wish = { resources: [file(`circle/${at}`)] };
    check(await ben("POST", "/api/v1/reservation", { ...wish, task: two }), 201);
    const waiting = check(await ada("POST", "/api/v1/reservation", { ...wish, wait_seconds: DAY_S }), 201);
    // At any moment between two looks.
    await pause((at * 137) % 600);
    check(await plane.admin("POST", `/api/v1/task/${two}/depend`, { add: [one] }), 200);
    const begin = process.hrtime.bigint();
    while ((await circlesNow()) === 0) await pause(5);
    times.push(Number(process.hrtime.bigint() - begin) / 1e6);
    check(await ada("POST", `/api/v1/reservation/${waiting.id}/release`, {}), 200);
    for (const id of [one, two])
      check(await plane.admin("POST", `/api/v1/task/${id}/cancel`, { reason: "next" }), 200);
    while ((await circlesNow()) > 0) await pause(20);
  }
  return times;
}

const HEAD = ["", "count", "median", "p99", "most", ""];
const plane = await startControlPlane(cli, { serves });
try {
  say("agents");
  const tokens = [];
  for (let at = 0; at < TAKERS; at += 1) tokens.push(await plane.addAgent(`agent-${at}`));
  const asks = tokens.map((token, at) => httpClient(plane.urls[at % plane.urls.length], token));
  say("circles");
  const waited = await closeByWaiting(asks);
  const tasked = await closeByTask(plane, asks);
  say(`${reservations} reservations`);
  await fill(asks);
  say("questions");
  const { times, found } = await ask(asks);
  say("race");
  const { broken, times: raced } = await race(plane, tokens);
  const all = [...times.values()].flat();
  const report = [
    "# Reservations of the control plane",
    `${describeMachine()}. Embedded PostgreSQL, ${serves} \`serve\` processes and all clients on this machine.`,
    `Who has any of this, with ${reservations.toLocaleString("en")} reservations held, two askers at once, each as fast as it is answered; a question is signed in, checked, answered (the first hundred) and audited. Limit: 99 of 100 in under ${LIMIT_MS} ms.`,
    renderRows(
      ["what is asked about", "conflicts", ...HEAD.slice(1)],
      [
        ...[...times].map(([name, own]) => {
          const [first = "", ...rest] = row(name, own, LIMIT_MS);
          return [first, String(found.get(name)), ...rest];
        }),
        (([first = "", ...rest]) => [first, "", ...rest])(row("all of these", all, LIMIT_MS)),
      ],
    ),
    `Race: ${TAKERS} takers in ${PROCESSES} processes on one file, by globs that only overlap, ${rounds.toLocaleString("en")} rounds, beside these reservations.`,
    renderRows(
      ["limit", "measured", "a round, median", ""],
      [
        [
          "exactly one holder in each round",
          `${rounds - broken.length} of ${rounds}`,
          ms(percentile(raced, 0.5)),
          broken.length === 0 ? "kept" : "**missed**",
        ],
      ],
    ),
    `Circles: of 2 to 10 agents, until whoever would close it is refused; and one that a task's new dependency closes, until it is listed. Limit: ${CIRCLE_MS} ms.`,
    renderRows(
      ["closed by", ...HEAD.slice(1)],
      [row("a wait", waited, CIRCLE_MS), row("a dependency between tasks", tasked, CIRCLE_MS)],
    ),
  ].join("\n\n");
  writeReport("reservations", report, !values["dry-run"]);
  if (broken.length > 0) say(JSON.stringify(broken.slice(0, 3)));
} finally {
  await plane.close();
}
