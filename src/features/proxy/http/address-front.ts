import { once } from "node:events";
import { messageOf } from "../../../platform/errors/index.ts";
import {
  type StreamedAnswer,
  type StreamedCall,
  type StreamedReply,
  streamRequest,
} from "../../../platform/http/index.ts";
import type { Channel } from "../record/tap.ts";
import { type Front, type FrontParts, mayPass } from "./front.ts";
import { lineOf } from "./message.ts";
import { EventReader } from "./read-events.ts";
import { sendFailure } from "./send-json.ts";

/** Headers of one connection, those that are made anew, and the token that was for us. */
const OWN = new Set([
  "authorization",
  "connection",
  "content-length",
  "expect",
  "host",
  "keep-alive",
  "proxy-authorization",
  "te",
  "trailer",
  "transfer-encoding",
  "upgrade",
]);
const MAX_SESSIONS = 1_000;
const MAX_SEEN_BYTES = 64 << 20;

type Headers = Readonly<Record<string, string>>;

function passedOn(headers: StreamedCall["headers"]): Record<string, string | string[]> {
  const kept = Object.entries(headers).filter(([name, value]) => value !== undefined && !OWN.has(name));
  return Object.fromEntries(kept) as Record<string, string | string[]>;
}

/** Hands what an answer says to the recorder, as it comes. */
function watch(answer: StreamedAnswer, channel: Channel): void {
  if (answer.headers["content-type"]?.startsWith("text/event-stream")) {
    const events = new EventReader(({ data }) => data !== null && channel.answered(data));
    answer.on("data", (part: Uint8Array) => events.push(part));
    return;
  }
  const parts: Uint8Array[] = [];
  let size = 0;
  answer.on("data", (part: Uint8Array) => {
    size += part.length;
    if (size <= MAX_SEEN_BYTES) parts.push(part);
  });
  answer.on("end", () => size <= MAX_SEEN_BYTES && channel.answered(Buffer.concat(parts)));
}

/** Offers a server at an address at another one: requests and answers pass as they are. */
export class AddressFront implements Front {
  readonly #url: URL;
  readonly #given: Headers;
  readonly #parts: FrontParts;
  readonly #channels = new Map<string, Channel>();

  constructor(url: URL, given: Headers, parts: FrontParts) {
    this.#url = url;
    this.#given = given;
    this.#parts = parts;
  }

  async answer(call: StreamedCall, reply: StreamedReply, body: Buffer): Promise<void> {
    const session = call.headers["mcp-session-id"];
    const known = typeof session === "string" ? this.#channels.get(session) : undefined;
    const channel = known ?? this.#parts.channel();
    const gone = new AbortController();
    reply.once("close", () => gone.abort());
    try {
      if (!mayPass(this.#parts, channel, body, reply)) return;
      channel.fromClient(Buffer.concat([lineOf(body), Buffer.from("\n")]));
      const headers = { ...passedOn(call.headers), ...this.#given };
      const length = body.length === 0 ? {} : { "content-length": String(body.length) };
      const answer = await streamRequest(this.#url, {
        method: call.method ?? "GET",
        headers: { ...headers, ...length },
        body,
        signal: gone.signal,
      });
      this.#remember(answer, channel);
      await this.#pass(answer, reply, channel);
    } catch (error) {
      if (!gone.signal.aborted) this.#parts.note(`the server could not be asked: ${messageOf(error)}`);
      if (reply.headersSent) reply.destroy();
      else sendFailure(reply, 502, "the server could not be asked");
    } finally {
      if (![...this.#channels.values()].includes(channel)) channel.end();
    }
  }

  async close(): Promise<void> {
    for (const channel of this.#channels.values()) channel.end();
  }

  /** Within a session an answer may come on another stream than its request. */
  #remember({ headers }: StreamedAnswer, channel: Channel): void {
    const session = headers["mcp-session-id"];
    if (typeof session !== "string" || this.#channels.has(session)) return;
    const [oldest] = this.#channels.keys();
    if (this.#channels.size >= MAX_SESSIONS && oldest !== undefined) {
      this.#channels.get(oldest)?.end();
      this.#channels.delete(oldest);
    }
    this.#channels.set(session, channel);
  }

  async #pass(answer: StreamedAnswer, reply: StreamedReply, channel: Channel): Promise<void> {
    const { "content-length": length, ...headers } = answer.headers;
    const kept = Object.entries(headers).filter(([name, value]) => value !== undefined && !OWN.has(name));
    const whole = length === undefined ? {} : { "content-length": length };
    reply.writeHead(answer.statusCode ?? 502, { ...Object.fromEntries(kept), ...whole });
    reply.flushHeaders();
    answer.pipe(reply);
    watch(answer, channel);
    const closed = once(reply, "close");
    answer.once("error", () => reply.destroy());
    await closed;
  }
}
