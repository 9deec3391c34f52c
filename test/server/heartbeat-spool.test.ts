import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type * as contract from "../../src/features/heartbeat/live/contract.ts";
import { sendBeat } from "../../src/features/heartbeat/live/send-verbs.ts";
import { deliverBeats } from "../../src/features/heartbeat/live/spool/index.ts";
import type { addTask, claimTask } from "../../src/features/task/contract.ts";
import { openClient } from "../../src/platform/client/index.ts";
import type { CommandContext } from "../../src/platform/terminal/index.ts";
import { type ControlPlane, startControlPlane } from "../harness/control-plane.ts";

const HOUR_MS = 3_600_000;

/** Stands between the command line and the server, and can be cut. */
async function startGate(target: string) {
  let isOpen = true;
  let left = Number.POSITIVE_INFINITY;
  const server = createServer(async (request, response) => {
    const parts: Buffer[] = [];
    for await (const part of request) parts.push(part as Buffer);
    if (!isOpen) return void response.socket?.destroy();
    const {
      host: _,
      connection: __,
      "content-length": ___,
      ...headers
    } = request.headers as Record<string, string>;
    const body = parts.length === 0 ? {} : { body: Buffer.concat(parts) };
    const answer = await fetch(`${target}${request.url}`, {
      method: request.method ?? "GET",
      headers,
      ...body,
    });
    const text = await answer.text();
    left -= request.method === "POST" ? 1 : 0;
    // What was asked is done, and the answer is lost.
    if (left < 0) return void response.socket?.destroy();
    response.writeHead(answer.status, { "content-type": "application/json" }).end(text);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    open: () => {
      isOpen = true;
      left = Number.POSITIVE_INFINITY;
    },
    cut: () => {
      isOpen = false;
    },
    /** Answers so many writes, and loses the answers of those that follow. */
    answer: (writes: number) => {
      isOpen = true;
      left = writes;
    },
    close: () => new Promise((resolve) => server.close(resolve)),
  };
}

describe("a beat while the server is away", () => {
  let plane: ControlPlane;
  let gate: Awaited<ReturnType<typeof startGate>>;
  const folder = mkdtempSync(join(tmpdir(), "growth-engine-spool-"));
  beforeAll(async () => {
    plane = await startControlPlane();
    gate = await startGate(plane.url);
  });
  afterAll(async () => {
    await gate.close();
    await plane.close();
    rmSync(folder, { recursive: true, force: true });
  });

  async function agent(name: string) {
    const token = await plane.token("agent", { agent: name });
    const cwd = join(folder, `${name}-work`);
    mkdirSync(join(cwd, ".git"), { recursive: true });
    const env = {
      XDG_STATE_HOME: join(folder, name),
      GROWTH_ENGINE_URL: gate.url,
      GROWTH_ENGINE_TOKEN: token,
    };
    const said: string[] = [];
    const context = {
      cwd: folder,
      env,
      clock: plane.clock,
      version: "0",
      out: () => undefined,
      err: (text: string) => said.push(text),
      colour: false,
      columns: 80,
      readInput: async () => Buffer.alloc(0),
    } as CommandContext;
    return {
      token,
      said,
      spool: join(folder, name, "growth-engine", "spool"),
      send: (progress: string, more: object = {}) =>
        sendBeat({ status: "doing", progress, ...more }, context),
      deliver: () => deliverBeats(openClient({ env }), env),
    };
  }
  const kept = (name: string) =>
    plane.query("select progress, sent_at from heartbeat_beats where agent = $1 order by sent_at, progress", [
      name,
    ]);

  it("is kept for an hour and delivered in order, once, by the next one", async () => {
    const ada = await agent("ada");
    await ada.send("1");
    gate.cut();
    for (let minute = 0; minute < 4; minute += 1) {
      plane.clock.advance(HOUR_MS / 4);
      const sent = await Promise.all([
        ada.send(`${minute}a`),
        ada.send(`${minute}b`),
        ada.send(`${minute}c`),
      ]);
      expect(sent).toEqual([0, 0, 0]);
    }
    expect(ada.said.join("")).toMatch(/does not answer.*the beat is kept, and will be delivered/);
    expect(
      statSync(join(ada.spool, readdirSync(ada.spool).find((name) => name.endsWith(".ndjson")) ?? "")).mode &
        0o777,
    ).toBe(0o600);
    expect(await kept("ada")).toHaveLength(1);
    gate.open();
    await ada.send("2");
    expect(ada.said.at(-1)).toBe("note 12 beats that waited for the server delivered\n");
    const rows = await kept("ada");
    expect(rows).toHaveLength(14);
    expect(readdirSync(ada.spool).filter((name) => /ndjson|delivering/.test(name))).toEqual([]);
    const { body } = await plane.admin<typeof contract.listStates>("GET /api/v1/heartbeat");
    expect(body.items).toMatchObject([{ agent: "ada", progress: "2" }]);
  });

  it("is counted once when a delivery was cut off, and lost by nobody", async () => {
    const bob = await agent("bob");
    gate.cut();
    for (let at = 0; at < 30; at += 1) await bob.send(String(at));
    gate.answer(0);
    await expect(bob.deliver()).rejects.toMatchObject({ code: "SERVER_UNAVAILABLE" });
    gate.cut();
    await bob.send("meanwhile");
    gate.open();
    expect(await bob.deliver()).toMatchObject({ received: 30, repeated: 1, refused: [] });
    expect(await bob.deliver()).toBeNull();
    expect(await kept("bob")).toHaveLength(31);
  });

  it("of a claim that is over is refused, said, and kept in a file", async () => {
    const eve = await agent("eve");
    await plane.admin<typeof addTask>("POST /api/v1/task", { body: { id: "ENG-1", title: "a" } });
    const { body } = await plane.as(eve.token)<typeof claimTask>("POST /api/v1/task/:task/claim", {
      params: { task: "ENG-1" },
      body: {},
    });
    const fence = String(body.fence);
    gate.cut();
    await eve.send("1", { task: "ENG-1", fence });
    await eve.send("2");
    gate.open();
    plane.clock.advance(24 * HOUR_MS);
    await plane.admin("POST /api/v1/task/ENG-1/reassign" as never, { body: { agent: null } } as never);
    const again = await plane.token("agent", { agent: "other" });
    await plane.as(again)<typeof claimTask>("POST /api/v1/task/:task/claim", {
      params: { task: "ENG-1" },
      body: {},
    });
    await eve.send("3");
    expect(eve.said.at(-1)).toMatch(
      /^note 1 beat that waited for the server delivered; 1 beat refused \(TASK_FENCE_STALE: .*kept in /,
    );
    const refused = readdirSync(eve.spool).find((name) => name.endsWith(".refused.ndjson")) ?? "";
    expect(JSON.parse(readFileSync(join(eve.spool, refused), "utf8"))).toMatchObject({
      progress: "1",
      task: "ENG-1",
      refused: { code: "TASK_FENCE_STALE" },
    });
    expect(await kept("eve")).toHaveLength(2);
    await expect(eve.send("4", { task: "ENG-1", fence }), "with a server there").rejects.toMatchObject({
      exit: 1,
    });
  });
});
