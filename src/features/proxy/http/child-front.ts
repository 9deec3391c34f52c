import { randomUUID } from "node:crypto";
import { messageOf } from "../../../platform/errors/index.ts";
import type { StreamedCall, StreamedReply } from "../../../platform/http/index.ts";
import type { Upstream } from "../upstream/spawn-upstream.ts";
import { ChildSession } from "./child-session.ts";
import { type Front, type FrontParts, mayPass } from "./front.ts";
import { judgeMessage } from "./judge-message.ts";
import {
  isBatch,
  isRequest,
  lineOf,
  type Message,
  messagesOf,
  revisionOf,
  revisionsIn,
  STATELESS,
} from "./message.ts";
import { sendFailure } from "./send-json.ts";

/** Servers that run at once: for sessions, and for requests without one. */
const MAX_SERVERS = 32;
const END_MS = 3_000;

/**
 * Offers a server on two pipes over HTTP. A session has a server of its own. Requests without one (since 2026-07-28)
 * are handed to a server that has nothing else to do, one at a time, so that whatever it says in between is part of the
 * answer; the one that was used last comes first, so that a single client always meets the same.
 */
export class ChildFront implements Front {
  readonly #open: () => Promise<Upstream>;
  readonly #parts: FrontParts;
  readonly #sessions = new Map<string, ChildSession>();
  readonly #all = new Set<ChildSession>();
  #idle: ChildSession[] = [];
  /** Revisions that the server says it speaks, as soon as somebody asked it; its successor may speak others. */
  #spoken: readonly string[] | null = null;

  constructor(open: () => Promise<Upstream>, parts: FrontParts) {
    this.#open = open;
    this.#parts = parts;
  }

  async answer(call: StreamedCall, reply: StreamedReply, body: Buffer): Promise<void> {
    const id = call.headers["mcp-session-id"];
    const session = typeof id === "string" ? this.#sessions.get(id) : undefined;
    if (typeof id === "string" && session === undefined)
      return sendFailure(reply, 404, "there is no such session");
    if (call.method === "POST") return this.#post(call, reply, lineOf(body), session);
    if (session === undefined)
      return sendFailure(reply, 405, "without a session there is nothing to listen to");
    if (call.method === "GET") return session.listen(reply);
    // Over for everybody at once, also while its server is still ending.
    this.#sessions.delete(String(id));
    session.end();
    reply.writeHead(204).end();
  }

  async close(): Promise<void> {
    const all = [...this.#all];
    for (const session of all) session.end();
    const late = new Promise((done) => setTimeout(done, END_MS).unref());
    await Promise.race([Promise.all(all.map(({ upstream }) => upstream.ended)), late]);
    for (const session of this.#all) session.upstream.signal("SIGKILL");
  }

  async #post(
    call: StreamedCall,
    reply: StreamedReply,
    body: Buffer,
    session: ChildSession | undefined,
  ): Promise<void> {
    const messages = messagesOf(body);
    const [first] = messages;
    if (first === undefined) return sendFailure(reply, 400, "the body is no message", { code: -32_700 });
    if (session !== undefined) {
      if (mayPass(this.#parts, session.channel, body, reply)) await session.post(body, reply, {});
      return;
    }
    if (first.method === "initialize" && (revisionOf(first) ?? "") < STATELESS)
      return this.#greet(reply, body);
    if (isBatch(body))
      return sendFailure(reply, 400, "a call without a session is one message", { code: -32_600 });
    return this.#once(call, reply, body, first);
  }

  async #start(reply: StreamedReply): Promise<ChildSession | null> {
    if (this.#all.size >= MAX_SERVERS) {
      sendFailure(reply, 503, `${MAX_SERVERS} servers are running already`);
      return null;
    }
    try {
      const upstream = await this.#open();
      const session = new ChildSession(upstream, this.#parts.channel(), () => this.#forget(session));
      this.#all.add(session);
      return session;
    } catch (error) {
      this.#parts.note(messageOf(error));
      sendFailure(reply, 502, "the server could not be started");
      return null;
    }
  }

  #forget(session: ChildSession): void {
    this.#spoken = null;
    this.#all.delete(session);
    this.#idle = this.#idle.filter((each) => each !== session);
    for (const [id, each] of this.#sessions) if (each === session) this.#sessions.delete(id);
  }

  async #greet(reply: StreamedReply, body: Buffer): Promise<void> {
    const session = await this.#start(reply);
    if (session === null) return;
    const id = randomUUID();
    this.#sessions.set(id, session);
    await session.post(body, reply, { headers: { "mcp-session-id": id } });
  }

  async #once(call: StreamedCall, reply: StreamedReply, body: Buffer, first: Message): Promise<void> {
    const objection = judgeMessage(first, call.headers, this.#spoken);
    if (objection !== null) {
      const { says, ...more } = objection;
      return sendFailure(reply, 400, says, { id: first.id, ...more });
    }
    // To a server it would be the greeting of an older revision, and later calls would find it changed.
    if (first.method === "initialize")
      return sendFailure(reply, 404, "initialize is of earlier revisions", { id: first.id, code: -32_601 });
    // Without a session a notification is about nothing.
    if (!isRequest(first)) {
      reply.writeHead(202).end();
      return;
    }
    const session = this.#idle.pop() ?? (await this.#start(reply));
    if (session === null) return;
    const isAnswered =
      !mayPass(this.#parts, session.channel, body, reply) ||
      (await session.post(body, reply, { isStateless: true, heard: (answer) => this.#learn(first, answer) }));
    // What it still says of this call must not reach the next caller.
    if (!isAnswered) session.end();
    else if (!session.isOver) this.#idle.push(session);
  }

  #learn(asked: Message, answer: Message): void {
    if (asked.method === "server/discover") this.#spoken = revisionsIn(answer) ?? this.#spoken;
  }
}
