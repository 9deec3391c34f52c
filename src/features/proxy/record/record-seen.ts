import type { MessagePort } from "node:worker_threads";
import { lowerPriority } from "./lower-priority.ts";
import { CallPairs, type PairedCall, type ServerWords } from "./pair-calls.ts";
import {
  type MessageBatch,
  type RecorderNote,
  type RecorderTask,
  type SeenMessage,
  unpackMessages,
} from "./seen-messages.ts";
import { CallWriter } from "./write-calls.ts";

/** Calls that end within this time are written together. */
const GATHER_MS = 20;

/** The thread beside the relay: reads what passed, and writes what it was, until it is told the end. */
export class SeenRecorder {
  readonly #port: MessagePort;
  readonly #task: RecorderTask;
  readonly #writer: CallWriter;
  readonly #channels = new Map<number, CallPairs>();
  #server: ServerWords | null = null;
  #lost = 0;
  #done: PairedCall[] = [];
  #writing: Promise<void> = Promise.resolve();
  #timer: NodeJS.Timeout | null = null;

  constructor(port: MessagePort, task: RecorderTask) {
    lowerPriority();
    this.#port = port;
    this.#task = task;
    this.#writer = new CallWriter(task, (says) => this.#tell({ says }));
    port.on("message", (batch: MessageBatch | null) => {
      if (batch === null) void this.#end();
      else this.#take(batch);
    });
  }

  #tell(note: RecorderNote): void {
    this.#port.postMessage(note);
  }

  #take(batch: MessageBatch): void {
    for (const message of unpackMessages(batch)) this.#see(message);
    Atomics.sub(this.#task.waiting, 0, batch.bytes.length);
    if (this.#done.length > 0) this.#timer ??= setTimeout(() => this.#write(), GATHER_MS);
  }

  #see(message: SeenMessage): void {
    const { channel, from } = message;
    const pairs = this.#channels.get(channel) ?? new CallPairs();
    this.#channels.set(channel, pairs);
    this.#done.push(...(from === "end" ? pairs.rest() : pairs.take(message)));
    this.#server = pairs.server ?? this.#server;
    this.#lost += pairs.lost;
    pairs.lost = 0;
    if (from === "end") this.#channels.delete(channel);
  }

  #write(): void {
    this.#timer = null;
    const calls = this.#done.splice(0);
    const [server, lost] = [this.#server, this.#lost];
    this.#lost = 0;
    this.#writing = this.#writing.then(async () => {
      await this.#writer.write(calls, server);
      this.#writer.lose(lost, "a message was too long, or too many calls were open, to be looked at");
    });
  }

  async #end(): Promise<void> {
    if (this.#timer !== null) clearTimeout(this.#timer);
    for (const pairs of this.#channels.values()) this.#done.push(...pairs.rest());
    this.#write();
    await this.#writing;
    this.#tell({ unrecorded: this.#writer.unrecorded });
    this.#port.close();
  }
}
