import type { Outcome } from "../../evidence/index.ts";
import type { SeenMessage } from "./seen-messages.ts";

/** A tool call, and what became of it. */
export interface PairedCall {
  /** The tool that was called. */
  tool: string;
  input: unknown;
  /** Milliseconds since 1970. */
  at: number;
  /** Absent where no answer was seen. */
  outcome?: Outcome;
  durationMs?: number;
  output?: unknown;
  /** What else a reader should know: the client gave up, the answer asks for input, … */
  more?: Readonly<Record<string, unknown>>;
}

/** What the server says of itself. */
export interface ServerWords {
  name: string;
  version: string | null;
}

type Message = Readonly<Record<string, unknown>>;

/** A client that never hears back is no reason to grow without end. */
const MAX_OPEN = 10_000;

function isObject(value: unknown): value is Message {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function messagesIn(bytes: Uint8Array): Message[] {
  try {
    const value: unknown = JSON.parse(Buffer.from(bytes).toString());
    // Revision 2025-03-26 takes several messages at once.
    return (Array.isArray(value) ? value : [value]).filter(isObject);
  } catch {
    // Passed on as it is: what the other end makes of it is not for the proxy to say.
    return [];
  }
}

function toMicroseconds(milliseconds: number): number {
  return Math.round(milliseconds * 1000) / 1000;
}

/** Requests of tools and their answers, matched by the identifier that the client gave. */
export class CallPairs {
  readonly #open = new Map<string, PairedCall>();
  /** Requests of which the answer says what the server is, before revision 2026-07-28. */
  readonly #greetings = new Set<string>();
  /** Calls that were not looked at, or could not be followed. */
  lost = 0;
  server: ServerWords | null = null;

  /** @returns calls of which all is known now */
  take({ from, at, bytes }: Omit<SeenMessage, "channel">): PairedCall[] {
    if (bytes === null) {
      this.lost += from === "server" ? 0 : 1;
      return [];
    }
    return messagesIn(bytes).flatMap((message) => {
      if (from === "server") return this.#answer(message, at);
      return from === "denied" ? this.#deny(message, at) : this.#ask(message, at);
    });
  }

  /** Calls that got no answer until the end. */
  rest(): PairedCall[] {
    const calls = [...this.#open.values()].map((call) => ({ ...call, more: { unanswered: true } }));
    this.#open.clear();
    return calls;
  }

  #ask({ method, id, params }: Message, at: number): PairedCall[] {
    const key = JSON.stringify(id);
    if (method === "notifications/cancelled") return this.#cancel(params, at);
    if (method === "initialize") this.#greetings.add(key);
    if (method !== "tools/call" || !isObject(params)) return [];
    const call = { tool: String(params.name), input: params.arguments ?? {}, at };
    // A notification gets no answer, and a call that takes the identifier of another one hides its answer.
    if (id === undefined) return [{ ...call, more: { unanswered: true } }];
    const before = this.#open.get(key);
    if (before === undefined && this.#open.size >= MAX_OPEN) {
      this.lost += 1;
      return [];
    }
    this.#open.set(key, call);
    return before === undefined ? [] : [{ ...before, more: { unanswered: true } }];
  }

  #deny({ method, params }: Message, at: number): PairedCall[] {
    if (method !== "tools/call" || !isObject(params)) return [];
    const { name, arguments: input = {} } = params;
    return [{ tool: String(name), input, at, outcome: "denied", durationMs: 0 }];
  }

  #cancel(params: unknown, at: number): PairedCall[] {
    const key = isObject(params) ? JSON.stringify(params.requestId) : "";
    const call = this.#open.get(key);
    if (call === undefined) return [];
    this.#open.delete(key);
    return [
      { ...call, outcome: "error", durationMs: toMicroseconds(at - call.at), more: { cancelled: true } },
    ];
  }

  #answer({ id, method, result, error }: Message, at: number): PairedCall[] {
    // The server's own request, which may bear the same identifier as one of the client's.
    if (method !== undefined || id === undefined) return [];
    const key = JSON.stringify(id);
    this.#greet(result, this.#greetings.delete(key));
    const call = this.#open.get(key);
    if (call === undefined) return [];
    this.#open.delete(key);
    const failed = error !== undefined || (isObject(result) && result.isError === true);
    const kind = isObject(result) ? (result.resultType ?? (result.task ? "task" : undefined)) : undefined;
    const isFinal = kind === undefined || kind === "complete";
    return [
      {
        ...call,
        outcome: failed ? "error" : "ok",
        durationMs: toMicroseconds(at - call.at),
        output: error ?? result,
        ...(isFinal ? {} : { more: { result: String(kind).slice(0, 40) } }),
      },
    ];
  }

  /** The first answer says it; since revision 2026-07-28 each answer may. */
  #greet(result: unknown, isGreeting: boolean): void {
    if (!isObject(result) || this.server !== null) return;
    const meta = isObject(result._meta) ? result._meta["io.modelcontextprotocol/serverInfo"] : undefined;
    const info = isGreeting && isObject(result.serverInfo) ? result.serverInfo : meta;
    if (!isObject(info) || typeof info.name !== "string") return;
    this.server = { name: info.name, version: typeof info.version === "string" ? info.version : null };
  }
}
