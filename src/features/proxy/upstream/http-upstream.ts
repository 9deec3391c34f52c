import { once } from "node:events";
import { PassThrough, Writable } from "node:stream";
import { messageOf } from "../../../platform/errors/index.ts";
import { type StreamedAnswer, streamRequest } from "../../../platform/http/index.ts";
import { toHeaderValue } from "../http/header-value.ts";
import {
  failure,
  isAnswer,
  isRequest,
  lineOf,
  type Message,
  messagesOf,
  nameOf,
  revisionOf,
} from "../http/message.ts";
import { ParameterHeaders } from "../http/parameter-headers.ts";
import { EventReader } from "../http/read-events.ts";
import { LineSplitter } from "../relay/split-lines.ts";
import type { Ended, Upstream } from "./spawn-upstream.ts";

const MAX_MESSAGE_BYTES = 256 << 20;
const MAX_ANSWER_BYTES = 256 << 20;
/** Of a stream that ended before its answer, where the server does not say. */
const RETRY_MS = 1_000;
const MAX_RETRIES = 10;
/** How long the end waits for answers that are still to come. */
const END_MS = 2_000;
const BOTH = "application/json, text/event-stream";

type Headers = Readonly<Record<string, string>>;

/** A request that waits for its answer. */
interface Waiting {
  ids: Set<string>;
  gone: AbortController;
  revision: string | null;
}

/** What was read of a stream: from where it can be taken up again. */
interface Place {
  id: string | null;
  retry: number;
}

/**
 * A server at an address, as if it stood on the other end of two pipes: each line is posted (Streamable HTTP), each
 * message that comes back is a line. Sessions of revisions before 2026-07-28 are kept here, and the headers of later
 * ones made from what a request says.
 */
export class HttpUpstream implements Upstream {
  readonly input: Writable;
  readonly output = new PassThrough();
  readonly ended: Promise<Ended>;
  readonly #url: URL;
  readonly #given: Headers;
  readonly #parameters = new ParameterHeaders();
  readonly #waiting = new Set<Waiting>();
  readonly #over = new AbortController();
  #session: Headers = {};
  #turn: Promise<void> = Promise.resolve();
  #open = new Set<Promise<void>>();

  constructor(url: URL, given: Headers) {
    this.#url = url;
    this.#given = given;
    const lines = new LineSplitter((line) => this.#accept(line), MAX_MESSAGE_BYTES);
    this.input = new Writable({
      write: (part: Uint8Array, _encoding, done) => {
        lines.push(part);
        this.#turn.then(() => done(), done);
      },
      final: (done) => {
        lines.end();
        this.#finish().then(() => done(), done);
      },
    });
    this.ended = once(this.output, "close").then(() => ({ code: 0, signal: null }));
  }

  /** There is no program here that could be asked to end: whatever the signal, that is the end. */
  signal(): void {
    this.#over.abort();
    this.output.end();
  }

  /** One message after the other is sent, but none waits for an answer: save that of the greeting, which names the session. */
  #accept(line: Uint8Array | null): void {
    if (line === null || line.length === 0) return;
    const messages = messagesOf(line);
    this.#turn = this.#turn.then(() => {
      if (this.#cancel(messages)) return undefined;
      const posted = this.#post(line, messages);
      const mustWait = !messages.some(isRequest) || messages.some(({ method }) => method === "initialize");
      this.#open.add(posted);
      const forget = () => this.#open.delete(posted);
      posted.then(forget, forget);
      return mustWait ? posted : undefined;
    });
  }

  /** Since 2026-07-28 a request over HTTP is given up by closing its stream. */
  #cancel(messages: readonly Message[]): boolean {
    const [first] = messages;
    if (first?.method !== "notifications/cancelled") return false;
    const key = JSON.stringify(first.params?.requestId);
    const asked = [...this.#waiting].find(({ ids, revision }) => revision !== null && ids.has(key));
    asked?.gone.abort();
    return asked !== undefined;
  }

  #headersOf(messages: readonly Message[]): Record<string, string> {
    const [first] = messages;
    const revision = first === undefined ? null : revisionOf(first);
    if (first?.method === undefined || revision === null) return { ...this.#session };
    const name = nameOf(first);
    return {
      "mcp-protocol-version": revision,
      "mcp-method": first.method,
      ...(name === null ? {} : { "mcp-name": toHeaderValue(name) }),
      ...this.#parameters.of(first),
    };
  }

  async #post(line: Uint8Array, messages: readonly Message[]): Promise<void> {
    const asked = messages.filter(isRequest);
    const waiting: Waiting = {
      ids: new Set(asked.map(({ id }) => JSON.stringify(id))),
      gone: new AbortController(),
      revision: asked[0] === undefined ? null : revisionOf(asked[0]),
    };
    this.#waiting.add(waiting);
    try {
      const own = this.#headersOf(messages);
      const headers = { ...this.#given, ...own, accept: BOTH, "content-type": "application/json" };
      const answer = await this.#ask("POST", headers, waiting, line);
      await this.#take(answer, waiting, messages);
    } catch (error) {
      if (!waiting.gone.signal.aborted) await this.#fail(waiting, messageOf(error));
    } finally {
      this.#waiting.delete(waiting);
    }
  }

  #ask(method: string, headers: Headers, waiting: Waiting, body?: Uint8Array): Promise<StreamedAnswer> {
    const signal = AbortSignal.any([this.#over.signal, waiting.gone.signal]);
    const length = body === undefined ? {} : { "content-length": String(body.length) };
    return streamRequest(this.#url, {
      method,
      headers: { ...headers, ...length },
      signal,
      ...(body && { body }),
    });
  }

  async #take(answer: StreamedAnswer, waiting: Waiting, messages: readonly Message[]): Promise<void> {
    const session = answer.headers["mcp-session-id"];
    if (typeof session === "string") this.#session = { ...this.#session, "mcp-session-id": session };
    if (answer.headers["content-type"]?.startsWith("text/event-stream")) {
      await this.#readStream(answer, waiting);
    } else {
      const body = await readAll(answer);
      if (messagesOf(body).some((each) => isAnswer(each) && this.#isAwaited(each, waiting)))
        await this.#say(body, waiting);
    }
    const status = answer.statusCode ?? 0;
    if (waiting.ids.size > 0) await this.#fail(waiting, `the server answered ${status} without a message`);
    // The client has greeted: the server may want to say something by itself from now on.
    if (messages.some(({ method }) => method === "notifications/initialized")) void this.#listen();
  }

  #isAwaited({ id }: Message, { ids }: Waiting): boolean {
    return ids.has(JSON.stringify(id));
  }

  async #readStream(answer: StreamedAnswer, waiting: Waiting): Promise<void> {
    let place = await this.#readEvents(answer, waiting);
    for (let tries = 0; waiting.ids.size > 0 && place.id !== null && tries < MAX_RETRIES; tries += 1) {
      await new Promise((done) => setTimeout(done, place.retry));
      const headers = {
        ...this.#given,
        ...this.#session,
        accept: "text/event-stream",
        "last-event-id": place.id,
      };
      const more = await this.#ask("GET", headers, waiting);
      if (more.statusCode !== 200) {
        more.resume();
        return;
      }
      const next = await this.#readEvents(more, waiting);
      place = { id: next.id ?? place.id, retry: next.retry };
    }
  }

  /** @returns from where the stream can be taken up again */
  async #readEvents(answer: StreamedAnswer, waiting: Waiting | null): Promise<Place> {
    const place: Place = { id: null, retry: RETRY_MS };
    let told: Buffer[] = [];
    const reader = new EventReader(({ data, id, retry }) => {
      if (id !== null) place.id = id;
      if (retry !== null) place.retry = retry;
      if (data !== null) told.push(data);
    });
    try {
      for await (const part of answer as AsyncIterable<Uint8Array>) {
        reader.push(part);
        const now = told;
        told = [];
        for (const data of now) await this.#say(data, waiting);
      }
    } catch (error) {
      // A stream that broke is taken up again where that is possible.
      if (this.#over.signal.aborted || waiting?.gone.signal.aborted || place.id === null) throw error;
    }
    return place;
  }

  async #say(data: Uint8Array, waiting: Waiting | null): Promise<void> {
    for (const message of messagesOf(data)) {
      if (!isAnswer(message)) continue;
      this.#parameters.learn(message);
      this.#greet(message);
      waiting?.ids.delete(JSON.stringify(message.id));
    }
    if (this.output.destroyed || this.output.writableEnded) return;
    if (!this.output.write(Buffer.concat([lineOf(data), Buffer.from("\n")])))
      await once(this.output, "drain");
  }

  #greet({ result }: Message): void {
    const { protocolVersion, capabilities } = (result ?? {}) as Record<string, unknown>;
    if (typeof protocolVersion !== "string" || capabilities === undefined) return;
    this.#session = { ...this.#session, "mcp-protocol-version": protocolVersion };
  }

  async #fail({ ids }: Waiting, why: string): Promise<void> {
    for (const key of ids) {
      const said = failure(JSON.parse(key), `the server at ${this.#url.origin} could not be asked: ${why}`);
      await this.#say(Buffer.from(JSON.stringify(said)), null);
    }
    ids.clear();
  }

  /** What the server says by itself, before revision 2026-07-28. It need not offer that. */
  async #listen(): Promise<void> {
    let place: Place = { id: null, retry: RETRY_MS };
    const waiting: Waiting = { ids: new Set(), gone: new AbortController(), revision: null };
    while (!this.#over.signal.aborted) {
      try {
        const since: Headers = place.id === null ? {} : { "last-event-id": place.id };
        const headers = { ...this.#given, ...this.#session, ...since, accept: "text/event-stream" };
        const answer = await this.#ask("GET", headers, waiting);
        if (answer.statusCode !== 200) {
          answer.resume();
          return;
        }
        const next = await this.#readEvents(answer, null);
        place = { id: next.id ?? place.id, retry: next.retry };
      } catch {
        // Whether the server can be reached is told to whoever asks it something.
      }
      await new Promise((done) => setTimeout(done, place.retry).unref());
    }
  }

  async #finish(): Promise<void> {
    await this.#turn;
    const late = new Promise((done) => setTimeout(done, END_MS).unref());
    await Promise.race([Promise.all(this.#open), late]);
    if (this.#session["mcp-session-id"] !== undefined) await this.#leave();
    this.#over.abort();
    this.output.end();
  }

  /** The server may not want to be told (405), and may be gone. */
  async #leave(): Promise<void> {
    const signal = AbortSignal.timeout(END_MS);
    const headers = { ...this.#given, ...this.#session };
    await streamRequest(this.#url, { method: "DELETE", headers, signal }).then(
      (answer) => answer.resume(),
      () => undefined,
    );
  }
}

async function readAll(answer: StreamedAnswer): Promise<Buffer> {
  const parts: Uint8Array[] = [];
  let size = 0;
  for await (const part of answer as AsyncIterable<Uint8Array>) {
    size += part.length;
    if (size > MAX_ANSWER_BYTES) throw new Error("its answer is too large");
    parts.push(part);
  }
  return Buffer.concat(parts);
}
