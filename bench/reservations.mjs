// Reservations of the control plane: how long a question takes, a race, and circles. See bench/README.md.
import { fork } from "node:child_process";
import { loadavg } from "node:os";
import { setTimeout as pause } from "node:timers/promises";
import { parseArgs } from "node:util";
import pg from "pg";
import { literalEnd, literalFolders, readGlob } from "../src/platform/globs/read-glob.ts";
import { httpClient } from "./harness/http-client.mjs";
import { percentile } from "./harness/percentile.mjs";
import { findProduct } from "./harness/product.mjs";
import { describeMachine, renderRows, writeReport } from "./harness/report.mjs";
import { startDatabase, startProcess, startServe } from "./harness/serve-on-database.mjs";

const { values } = parseArgs({
  options: {
    reservations: { type: "string", default: "10000" },
    questions: { type: "string", default: "2000" },
    rounds: { type: "string", default: "1000" },
    circles: { type: "string", default: "20" },
    port: { type: "string", default: "7461" },
    product: { type: "string" },
    "dry-run": { type: "boolean", default: false },
  },
});
const [reservations, questions, rounds, circles, port] = [
  "reservations",
  "questions",
  "rounds",
  "circles",
  "port",
].map((name) => Number(values[name]));
const PROCESSES = 4;
const TAKERS = 64;
const LIMIT_MS = 20;
const CIRCLE_MS = 1_000;
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

const LITERAL_FOLDERS = ({ kind, pattern }, form) => (kind === "file" ? literalFolders(form) : pattern);

/** As taking them one by one would leave them; that alone would take longer than all the rest. */
async function fill(url) {
  const rows = Array.from({ length: reservations }, (_, at) => ({
    id: at + 1,
    agent: `agent-${at % TAKERS}`,
    ...wishOf(at),
  }));
  const covered = rows.flatMap(({ id, kind, pattern }) => {
    const forms = kind === "file" ? readGlob(pattern) : [{ text: pattern }];
    return forms.map((form, at) => ({
      id,
      kind,
      pattern,
      form: at,
      glob: form.text,
      folders: LITERAL_FOLDERS({ kind, pattern }, form),
      ending: kind === "file" ? literalEnd(form) : null,
    }));
  });
  const client = new pg.Client({ connectionString: url, options: "-c search_path=growth_engine" });
  await client.connect();
  await client.query(
    `insert into reservation_reservations (fleet_id, id, agent, state, resources, fence, lease_seconds, lease_until, asked_at, granted_at)
     select f.fleet_id, g.id, g.agent, 'held', jsonb_build_array(jsonb_build_object('kind', g.kind, 'pattern', g.pattern,
       'repository', null, 'shared', false)), g.id, ${DAY_S}, now() + interval '1 day', now(), now()
     from fleet_fleets f, jsonb_to_recordset($1::jsonb) as g(id bigint, agent text, kind text, pattern text)`,
    [JSON.stringify(rows)],
  );
  await client.query(
    `insert into reservation_resources (fleet_id, reservation, place, form, kind, pattern, glob, folders, ending, is_shared)
     select f.fleet_id, g.id, 0, g.form, g.kind, g.pattern, g.glob, g.folders, g.ending, false from fleet_fleets f,
       jsonb_to_recordset($1::jsonb) as g(id bigint, form smallint, kind text, pattern text, glob text, folders text, ending text)`,
    [JSON.stringify(covered)],
  );
  for (const sequence of ["numbers", "fences"])
    await client.query(`select setval('reservation_${sequence}', ${reservations + 1})`);
  // As the database does by itself within a minute.
  await client.query("vacuum analyze reservation_reservations, reservation_resources");
  await client.end();
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

/** One kind after the other, so that none waits for another's; first what any request costs here. */
async function ask([agent]) {
  const times = new Map([["(signed in)", []]]);
  const found = new Map([["(signed in)", ""]]);
  const each = Math.ceil(questions / Object.keys(QUESTIONS).length);
  for (let at = 0; at < each; at += 1)
    times.get("(signed in)").push((await agent("GET", "/api/v1/token/self")).ms);
  for (const [name, wish] of Object.entries(QUESTIONS)) {
    const own = [];
    for (let at = 0; at < each; at += 1) {
      const answer = await agent("POST", "/api/v1/reservation/conflicts", { resources: wish(at) });
      found.set(name, check(answer, 200).items.length);
      own.push(answer.ms);
    }
    times.set(name, own);
  }
  return { times, found };
}

function row(name, all, limit) {
  const sorted = [...all].sort((a, b) => a - b);
  const most = percentile(sorted, 0.99);
  // The first row is what any request costs, and promises nothing.
  const verdict = name.startsWith("(") ? "" : most < limit ? "kept" : "**missed**";
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
const [load = 0] = loadavg();
const database = await startDatabase();
const serve = await startServe(cli, database.url, port);
const other = await startProcess(
  [cli, "serve", "--port", String(port + 1), "--log-level", "error"],
  { DATABASE_URL: database.url },
  /serves on (\S+)/,
);
const plane = { urls: [serve.url, other.found[1]], admin: httpClient(serve.url, serve.token) };

async function addAgent(name) {
  check(await plane.admin("POST", "/api/v1/agent", { name }), 201);
  const wish = { role: "agent", agent: name, label: "bench" };
  return check(await plane.admin("POST", "/api/v1/token", wish), 201).token;
}

try {
  say("agents");
  const tokens = [];
  for (let at = 0; at < TAKERS; at += 1) tokens.push(await addAgent(`agent-${at}`));
  const asks = tokens.map((token, at) => httpClient(plane.urls[at % plane.urls.length], token));
  say(`${reservations} reservations`);
  await fill(database.url);
  say("questions");
  const { times, found } = await ask(asks);
  say("circles");
  const waited = await closeByWaiting(asks);
  const tasked = await closeByTask(plane, asks);
  say("race");
  const { broken, times: raced } = await race(plane, tokens);
  const all = [...times].flatMap(([name, own]) => (name.startsWith("(") ? [] : own));
  const report = [
    "# Reservations of the control plane",
    `${describeMachine()}. Embedded PostgreSQL, two \`serve\` processes and all clients on this machine, whose load was ${load.toFixed(1)} before (each core bears 1).`,
    `Who has any of this, with ${reservations.toLocaleString("en")} reservations held, one question after the other; each is signed in, checked, answered (the first hundred) and audited. Limit: 99 of 100 in under ${LIMIT_MS} ms.`,
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
  await other.close();
  await serve.close();
  await database.close();
}
