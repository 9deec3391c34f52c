import { spawn } from "node:child_process";
import { Agent, request } from "node:http";

const GREETING = {
  jsonrpc: "2.0",
  id: 0,
  method: "initialize",
  params: { protocolVersion: "2025-11-25", capabilities: {}, clientInfo: { name: "bench", version: "1" } },
};
const READY = { jsonrpc: "2.0", method: "notifications/initialized" };
const TRY_AGAIN_MS = 5;
const PATIENCE_MS = 30_000;

const wait = (ms) => new Promise((done) => setTimeout(done, ms));

function end(child) {
  const ended = new Promise((done) => child.once("exit", done));
  child.kill("SIGTERM");
  return Promise.race([ended, wait(2_000).then(() => child.kill("SIGKILL"))]);
}

/** Starts a server on pipes. `ask` gives the milliseconds until its answer; `started` those until its first. */
export async function callOnPipes([program, ...words], { cwd, env }) {
  const from = performance.now();
  const child = spawn(program, words, { cwd, env, stdio: ["pipe", "pipe", "ignore"] });
  let rest = "";
  let awaited = "";
  let heard = () => undefined;
  child.stdout.on("data", (part) => {
    rest += part;
    if (!rest.endsWith("\n")) return;
    // A server also says things that nobody asked.
    const isAnswer = rest.includes(awaited);
    rest = "";
    if (isAnswer) heard();
  });
  const ask = (message) =>
    new Promise((done) => {
      awaited = `"id":${message.id}`;
      const asked = performance.now();
      heard = () => done(performance.now() - asked);
      child.stdin.write(`${JSON.stringify(message)}\n`);
    });
  await ask(GREETING);
  const started = performance.now() - from;
  child.stdin.write(`${JSON.stringify(READY)}\n`);
  return { started, ask, end: () => end(child) };
}

/** The same for what offers a server over HTTP at an address. */
export async function callOverHttp([program, ...words], { cwd, env, url, token }) {
  const from = performance.now();
  const child = spawn(program, words, { cwd, env, stdio: "ignore" });
  const agent = new Agent({ keepAlive: true });
  let session = {};
  const post = (message) =>
    new Promise((done, failed) => {
      const body = JSON.stringify(message);
      const headers = {
        "content-type": "application/json",
        accept: "application/json, text/event-stream",
        "content-length": Buffer.byteLength(body),
        ...(token && { authorization: `Bearer ${token}` }),
        ...session,
      };
      const sent = request(url, { method: "POST", headers, agent }, (answer) => {
        const id = answer.headers["mcp-session-id"];
        if (id) session = { "mcp-session-id": id, "mcp-protocol-version": "2025-11-25" };
        answer.resume();
        answer.once("end", () =>
          answer.statusCode < 300 ? done() : failed(new Error(String(answer.statusCode))),
        );
      });
      sent.once("error", failed);
      sent.end(body);
    });
  const ask = async (message) => {
    const asked = performance.now();
    await post(message);
    return performance.now() - asked;
  };
  for (;;) {
    const isUp = await post(GREETING).then(
      () => true,
      () => false,
    );
    if (isUp) break;
    if (performance.now() - from > PATIENCE_MS)
      throw new Error(`${program} ${words.join(" ")} does not answer`);
    await wait(TRY_AGAIN_MS);
  }
  const started = performance.now() - from;
  await post(READY);
  return { started, ask, end: () => end(child) };
}
