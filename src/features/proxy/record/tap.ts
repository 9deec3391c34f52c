import { existsSync } from "node:fs";
import { join } from "node:path";
import { Worker } from "node:worker_threads";
import { messageOf } from "../../../platform/errors/index.ts";
import type { Watcher } from "../relay/relay.ts";
import { LineSplitter } from "../relay/split-lines.ts";
import {
  type Origin,
  packMessages,
  type RecorderNote,
  type RecorderTask,
  type SeenMessage,
} from "./seen-messages.ts";

/** Stands beside the built files. */
const THREAD = join(import.meta.dirname, "proxy-recorder.cjs");

/** A longer message is passed on and not looked at. */
const MAX_MESSAGE_BYTES = 64 << 20;
/** What may wait to be looked at: where the thread is slower than a flood, the flood goes by. */
const MAX_WAITING_BYTES = 256 << 20;
/** How long the end waits for what is still to be written. */
const END_MS = 5_000;

/** A server's notification answers nothing; found by its first bytes, where most writers put the method. */
const NOTIFICATION = [`{"jsonrpc":"2.0","method":"notifications/`, `{"method":"notifications/`].map((text) =>
  Buffer.from(text),
);
const CALL = Buffer.from("tools/call");
const EMPTY = new Uint8Array();

export interface TapOptions extends Omit<RecorderTask, "waiting"> {
  /** Milliseconds since 1970. */
  now: number;
  note(sentence: string): void;
}

function startsWith(line: Uint8Array, start: Uint8Array): boolean {
  return line.length >= start.length && Buffer.compare(line.subarray(0, start.length), start) === 0;
}

/** What passes between one client and the server. */
export interface Channel extends Watcher {
  /** A message of the client that was not passed on. */
  denied(line: Uint8Array): void;
  /** A whole message of the server. */
  answered(line: Uint8Array): void;
  /** Nothing more passes. */
  end(): void;
}

/**
 * Looks at what passed: cuts it into messages and hands those, once per turn of the event loop, to a thread that
 * reads, hashes and writes. Nothing here waits for that thread, and no fault of it comes back.
 */
export class Tap {
  readonly #options: TapOptions;
  readonly #epoch: number;
  readonly #waiting = new Int32Array(new SharedArrayBuffer(4));
  readonly #unrecorded = new Map<string, number>();
  #queue: SeenMessage[] = [];
  #queued = 0;
  #thread: Worker | null = null;
  #fault: string | null = null;
  #channels = 0;
  #isAsked = false;

  constructor(options: TapOptions) {
    this.#options = options;
    this.#epoch = options.now - performance.now();
  }

  channel(): Channel {
    const channel = this.#channels;
    this.#channels += 1;
    let at = 0;
    const keep = (from: Origin, bytes: Uint8Array | null) =>
      this.#keep({ from, channel, at: this.#epoch + at, bytes });
    const client = new LineSplitter((line) => keep("client", line), MAX_MESSAGE_BYTES);
    const server = new LineSplitter((line) => keep("server", line), MAX_MESSAGE_BYTES);
    const timed = (deed: (part: Uint8Array) => void) => (part: Uint8Array) => {
      at = performance.now();
      deed(part);
    };
    return {
      fromClient: timed((part) => client.push(part)),
      fromServer: timed((part) => server.push(part)),
      denied: timed((line) => keep("denied", line)),
      answered: timed((line) => keep("server", line)),
      end: () => {
        client.end();
        server.end();
        at = performance.now();
        // A channel on which nothing passed left nothing to be told the end of.
        if (this.#thread !== null || this.#queue.length > 0) keep("end", EMPTY);
      },
    };
  }

  /** Waits until all is written that can be. @returns how many calls were not recorded, by reason */
  async close(): Promise<ReadonlyMap<string, number>> {
    this.#send();
    if (this.#thread !== null) await this.#finish(this.#thread);
    return this.#unrecorded;
  }

  #keep(message: SeenMessage): void {
    const { from, bytes } = message;
    if (from === "server" && bytes !== null && NOTIFICATION.some((start) => startsWith(bytes, start))) return;
    if (bytes?.length === 0 && from !== "end") return;
    const size = bytes?.length ?? 0;
    const isTooMuch = this.#queued + Atomics.load(this.#waiting, 0) + size > MAX_WAITING_BYTES;
    if (this.#fault !== null || isTooMuch) {
      this.#lose(message, this.#fault ?? "more passed than could be looked at");
      return;
    }
    this.#queue.push(message);
    this.#queued += size;
    // The thread starts when the server has: until then there is nothing to write, and both would start more slowly.
    if (this.#isAsked || (this.#thread === null && from === "client")) return;
    this.#isAsked = true;
    setImmediate(() => this.#send());
  }

  #lose({ from, bytes }: SeenMessage, reason: string): void {
    if (from !== "client" || bytes === null || Buffer.from(bytes).indexOf(CALL) < 0) return;
    this.#unrecorded.set(reason, (this.#unrecorded.get(reason) ?? 0) + 1);
  }

  #send(): void {
    this.#isAsked = false;
    const messages = this.#queue.splice(0);
    this.#queued = 0;
    if (messages.length === 0) return;
    const batch = packMessages(messages);
    try {
      this.#thread ??= this.#start();
      Atomics.add(this.#waiting, 0, batch.bytes.length);
      this.#thread.postMessage(batch, [batch.bytes.buffer]);
    } catch (error) {
      this.#fault ??= `the recorder could not be started: ${messageOf(error)}`;
      for (const message of messages) this.#lose(message, this.#fault);
    }
  }

  #start(): Worker {
    const { now: _now, note, ...task } = this.#options;
    if (!existsSync(THREAD)) throw new Error(`${THREAD} is missing`);
    const workerData: RecorderTask = { ...task, waiting: this.#waiting };
    const thread = new Worker(THREAD, { workerData });
    thread.unref();
    thread.on("error", (error) => this.#fail(messageOf(error)));
    thread.on("messageerror", (error) => this.#fail(messageOf(error)));
    thread.on("message", (told: RecorderNote) => {
      if ("says" in told) note(told.says);
    });
    return thread;
  }

  #fail(reason: string): void {
    if (this.#fault !== null) return;
    this.#fault = `the recorder stopped: ${reason}`;
    this.#options.note(`${this.#fault}; calls pass on, and are not recorded`);
  }

  #finish(thread: Worker): Promise<void> {
    return new Promise((resolve) => {
      const timer = setTimeout(() => {
        this.#unrecorded.set("the end did not wait for them to be written", 1);
        void thread.terminate().then(() => resolve());
      }, END_MS);
      thread.on("message", (told: RecorderNote) => {
        if (!("unrecorded" in told)) return;
        for (const [reason, calls] of told.unrecorded) this.#unrecorded.set(reason, calls);
        clearTimeout(timer);
        resolve();
      });
      thread.on("exit", () => {
        clearTimeout(timer);
        resolve();
      });
      thread.ref();
      thread.postMessage(null);
    });
  }
}
