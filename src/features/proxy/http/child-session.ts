import type { StreamedReply } from "../../../platform/http/index.ts";
import type { Channel } from "../record/tap.ts";
import { LineSplitter } from "../relay/split-lines.ts";
import type { Upstream } from "../upstream/spawn-upstream.ts";
import { failure, isAnswer, isRequest, lineOf, type Message, messagesOf, progressToken } from "./message.ts";
import { sendJson } from "./send-json.ts";

/** What the server said and nobody listens to yet. */
const MAX_HELD = 1_000;
const MAX_LINE_BYTES = 256 << 20;
const NEWLINE = Buffer.from("\n");

/** Errors that have a status of their own in revision 2026-07-28. */
const STATUS: Readonly<Record<number, number>> = {
  [-32601]: 404,
  [-32020]: 400,
  [-32021]: 400,
  [-32022]: 400,
};

/** A posted body, and what is still to be answered of it. */
interface Exchange {
  reply: StreamedReply;
  waiting: Set<string>;
  tokens: Set<string>;
  headers: Readonly<Record<string, string>>;
  isStateless: boolean;
  heard(answer: Message): void;
  done(isAnswered: boolean): void;
}

/**
 * One server on two pipes, offered over HTTP: answers go to whoever asked, progress to whose it is, and what the server says by
 * itself to the open stream, else to the last request that is open.
 */
export class ChildSession {
  readonly upstream: Upstream;
  readonly channel: Channel;
  readonly #exchanges = new Set<Exchange>();
  #stream: StreamedReply | null = null;
  #held: Uint8Array[] = [];
  #isOver = false;

  constructor(upstream: Upstream, channel: Channel, onEnd: () => void) {
    this.upstream = upstream;
    this.channel = channel;
    const lines = new LineSplitter((line) => line !== null && this.#hear(line), MAX_LINE_BYTES);
    upstream.output.on("data", (part: Uint8Array) => {
      lines.push(part);
      channel.fromServer(part);
    });
    upstream.input.on("error", () => undefined);
    void upstream.ended.then(() => {
      this.#isOver = true;
      this.#endAll();
      channel.end();
      onEnd();
    });
  }

  /** Whether no request is open. */
  get isIdle(): boolean {
    return this.#exchanges.size === 0;
  }

  get isOver(): boolean {
    return this.#isOver;
  }

  /**
   * Hands a body to the server; the answers go to the reply.
   * @returns whether all was answered: false when nobody waits any more, and an answer may come yet
   */
  post(
    body: Uint8Array,
    reply: StreamedReply,
    {
      headers = {},
      isStateless = false,
      heard = () => undefined,
    }: Partial<Pick<Exchange, "headers" | "isStateless" | "heard">>,
  ): Promise<boolean> {
    const messages = messagesOf(body);
    const asked = messages.filter(isRequest);
    this.#send(body);
    if (asked.length === 0) {
      reply.writeHead(202, headers).end();
      return Promise.resolve(true);
    }
    return new Promise((done) => {
      const exchange: Exchange = {
        reply,
        headers,
        isStateless,
        heard,
        waiting: new Set(asked.map(({ id }) => JSON.stringify(id))),
        tokens: new Set(asked.map(progressToken).filter((token) => token !== null)),
        done,
      };
      this.#exchanges.add(exchange);
      reply.once("close", () => this.#leave(exchange));
    });
  }

  /** Opens the stream for what the server says by itself. A later one takes the place of an earlier. */
  listen(reply: StreamedReply): void {
    this.#stream?.end();
    this.#stream = reply;
    reply.once("close", () => {
      if (this.#stream === reply) this.#stream = null;
    });
    reply.writeHead(200, { "content-type": "text/event-stream", "cache-control": "no-cache" }).flushHeaders();
    for (const line of this.#held.splice(0)) this.#write(reply, line);
  }

  end(): void {
    this.upstream.input.end();
    this.upstream.signal("SIGTERM");
  }

  #send(body: Uint8Array): void {
    const line = Buffer.concat([lineOf(body), NEWLINE]);
    this.upstream.input.write(line);
    this.channel.fromClient(line);
  }

  #hear(line: Uint8Array): void {
    const messages = messagesOf(line);
    // What is no message cannot be sent as one.
    if (messages.length === 0) return;
    const exchange = this.#exchangeOf(messages);
    if (exchange === null) this.#hold(line);
    else this.#tell(exchange, line, messages);
  }

  #exchangeOf(messages: readonly Message[]): Exchange | null {
    const keys = messages.filter(isAnswer).map(({ id }) => JSON.stringify(id));
    const all = [...this.#exchanges];
    if (keys.length > 0) return all.find(({ waiting }) => keys.some((key) => waiting.has(key))) ?? null;
    const [token] = messages.map(progressToken);
    const whose = all.find(({ tokens }) => token !== undefined && token !== null && tokens.has(token));
    return whose ?? (this.#stream === null ? (all.at(-1) ?? null) : null);
  }

  #hold(line: Uint8Array): void {
    if (this.#stream !== null) this.#write(this.#stream, line);
    else if (this.#held.length < MAX_HELD) this.#held.push(line);
  }

  #tell(exchange: Exchange, line: Uint8Array, messages: readonly Message[]): void {
    const { reply, waiting, headers, isStateless } = exchange;
    for (const message of messages.filter(isAnswer)) {
      waiting.delete(JSON.stringify(message.id));
      exchange.heard(message);
    }
    const isLast = waiting.size === 0;
    if (isLast) this.#exchanges.delete(exchange);
    if (isLast && !reply.headersSent) {
      const code = (messages[0] as { error?: { code?: number } }).error?.code;
      sendJson(reply, (isStateless && code !== undefined && STATUS[code]) || 200, line, headers);
    } else {
      if (!reply.headersSent)
        reply.writeHead(200, {
          "content-type": "text/event-stream",
          "cache-control": "no-cache",
          ...headers,
        });
      this.#write(reply, line);
      if (isLast) reply.end();
    }
    if (isLast) exchange.done(true);
  }

  #write(reply: StreamedReply, line: Uint8Array): void {
    const isFull = !reply.write(
      Buffer.concat([Buffer.from("event: message\ndata: "), line, Buffer.from("\n\n")]),
    );
    if (!isFull) return;
    const { output } = this.upstream;
    output.pause();
    const goOn = () => output.resume();
    reply.once("drain", goOn).once("close", goOn);
  }

  /** Since 2026-07-28 a closed stream gives a request up; before, the client may come back for the answer. */
  #leave(exchange: Exchange): void {
    if (!this.#exchanges.delete(exchange)) return;
    if (exchange.isStateless)
      for (const key of exchange.waiting) {
        const params = { requestId: JSON.parse(key) as unknown };
        this.#send(
          Buffer.from(JSON.stringify({ jsonrpc: "2.0", method: "notifications/cancelled", params })),
        );
      }
    exchange.done(false);
  }

  #endAll(): void {
    for (const exchange of [...this.#exchanges])
      for (const key of [...exchange.waiting]) {
        const said = failure(JSON.parse(key), "the server ended before it answered");
        this.#tell(exchange, Buffer.from(JSON.stringify(said)), [{ id: JSON.parse(key) as number }]);
      }
    this.#stream?.end();
  }
}
