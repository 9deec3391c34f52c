import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type * as contract from "../../src/features/message/contract.ts";
import type { MessageView } from "../../src/features/message/contract.ts";
import type { ControlPlane } from "../harness/control-plane.ts";
import { startTaskPlane, type Tasks } from "../harness/task-plane.ts";

describe("messages", () => {
  let plane: ControlPlane;
  let manager: Tasks;
  let agent: Record<"ada" | "bob", Tasks>;
  let token: Record<"ada" | "bob", string>;
  let boss = "";
  beforeAll(async () => {
    ({ plane, manager, agent, token } = await startTaskPlane("ada", "bob"));
    boss = await plane.token("manager");
    await manager.add({ id: "T-1", title: "one" });
  });
  afterAll(() => plane.close());

  const send = (body: { agent: string; text: string; task?: string; kind?: MessageView["kind"] }) =>
    plane.as(boss)<typeof contract.sendMessage>("POST /api/v1/message", { body });
  const inbox = async (of: string) =>
    (await plane.as(of)<typeof contract.listInbox>("GET /api/v1/message/inbox")).body.items;
  const answer = (of: string, message: number, text: string) =>
    plane.as(of)<typeof contract.answerMessage>("POST /api/v1/message/:message/answer", {
      params: { message },
      body: { text },
    });
  const waiting = async (of: string) =>
    (await plane.as(of)<typeof contract.countWaiting>("GET /api/v1/message/waiting")).body.waiting;

  it("wait in the inbox of their agent and of nobody else, oldest first, until they are answered", async () => {
    const first = await send({ agent: "ada", text: "which database?" });
    await send({ agent: "ada", text: "read the new guide", kind: "note", task: "T-1" });
    expect(first).toMatchObject({ status: 201, body: { agent: "ada", kind: "question", closed_at: null } });
    expect((await inbox(token.ada)).map(({ text }) => text)).toEqual([
      "which database?",
      "read the new guide",
    ]);
    expect(await inbox(token.bob)).toEqual([]);
    expect([await waiting(token.ada), await waiting(token.bob), await waiting(boss)]).toEqual([2, 0, 0]);
    const number = first.body.message;
    expect(await answer(token.bob, number, "mine")).toMatchObject({
      status: 404,
      body: { code: "MESSAGE_UNKNOWN" },
    });
    expect(await answer(token.ada, number, "PostgreSQL")).toMatchObject({
      body: { answer: "PostgreSQL", closed_by: "agent:ada" },
    });
    expect(await answer(token.ada, number, "again")).toMatchObject({
      status: 409,
      body: { code: "MESSAGE_CLOSED" },
    });
    expect((await inbox(token.ada)).map(({ text }) => text)).toEqual(["read the new guide"]);
  });

  it("are listed for people with their answers, newest first, page by page", async () => {
    const list = (query: Record<string, string>) =>
      plane.as(boss)<typeof contract.listMessages>("GET /api/v1/message", { query: query as never });
    const one = await list({ limit: "1" });
    expect(one.body.items.map(({ text }) => text)).toEqual(["read the new guide"]);
    const two = await list({ limit: "1", cursor: one.body.next ?? "" });
    expect(two.body.items).toMatchObject([{ text: "which database?", answer: "PostgreSQL" }]);
    expect((await list({ open: "true" })).body.items).toHaveLength(1);
    expect((await list({ task: "T-1", agent: "bob" })).body.items).toEqual([]);
  });

  it("go to agents and tasks that are there", async () => {
    expect(await send({ agent: "eve", text: "?" })).toMatchObject({
      status: 404,
      body: { code: "AGENT_UNKNOWN" },
    });
    expect(await send({ agent: "ada", task: "T-9", text: "?" })).toMatchObject({
      status: 404,
      body: { code: "TASK_UNKNOWN" },
    });
    expect(await send({ agent: "ada", text: "?", kind: "update" })).toMatchObject({ status: 400 });
    expect((await plane.as(token.ada)("POST /api/v1/message" as never, { body: {} } as never)).status).toBe(
      403,
    );
  });

  it("ask for an update of a task once at a time, and progress of that agent on that task is the answer", async () => {
    const { body: claim } = await agent.bob.claim("T-1");
    await manager.add({ id: "T-2", title: "two" });
    const ask = { agent: "bob", task: "T-1", text: "how far?", kind: "update" } as const;
    const [asked] = await Promise.all([send(ask), send(ask)].map((each) => each)).then((both) => [
      both.map(({ status }) => status).sort(),
    ]);
    expect(asked).toEqual([201, 409]);
    await send({ ...ask, task: "T-2" });
    expect(await waiting(token.bob)).toBe(2);
    await manager.progress("T-1", { note: "said by a manager" });
    expect(await waiting(token.bob)).toBe(2);
    await agent.bob.progress("T-1", { fence: claim.fence ?? 0, percent: 10 });
    expect((await inbox(token.bob)).map(({ task }) => task)).toEqual(["T-2"]);
    expect((await send(ask)).status).toBe(201);
    await manager.reassign("T-1", { to: "ada", reason: "bob is away" });
    await manager.cancel("T-2");
    expect(await waiting(token.bob)).toBe(0);
    const closed = await plane.query(
      "select task, closed_by from message_messages where kind = 'update' order by message",
    );
    expect(closed.map(({ closed_by }) => closed_by).sort()).toEqual([
      "task_cancel",
      "task_progress",
      "task_reassign",
    ]);
  });
});
