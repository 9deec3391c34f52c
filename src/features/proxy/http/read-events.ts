import { LineSplitter } from "../relay/split-lines.ts";

/** One server-sent event (HTML Standard §9.2), as far as the protocol uses them. */
export interface ServerEvent {
  /** Absent where an event only moves the place from which a stream can be taken up again. */
  data: Buffer | null;
  id: string | null;
  /** Milliseconds after which a stream that ended is to be asked for again. */
  retry: number | null;
}

const MAX_LINE_BYTES = 256 << 20;

/** Cuts a stream of server-sent events into events. */
export class EventReader {
  readonly #onEvent: (event: ServerEvent) => void;
  readonly #lines = new LineSplitter((line) => this.#take(line), MAX_LINE_BYTES);
  #data: Uint8Array[] = [];
  #id: string | null = null;
  #retry: number | null = null;

  constructor(onEvent: (event: ServerEvent) => void) {
    this.#onEvent = onEvent;
  }

  push(part: Uint8Array): void {
    this.#lines.push(part);
  }

  #take(bytes: Uint8Array | null): void {
    const line = bytes === null ? Buffer.alloc(0) : Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
    const text = line.at(-1) === 13 ? line.subarray(0, -1) : line;
    if (text.length === 0) this.#finish();
    else this.#field(text);
  }

  #field(line: Buffer): void {
    const colon = line.indexOf(":");
    const name = line.subarray(0, colon < 0 ? line.length : colon).toString("latin1");
    const rest = colon < 0 ? Buffer.alloc(0) : line.subarray(colon + 1);
    const value = rest[0] === 32 ? rest.subarray(1) : rest;
    if (name === "data") this.#data.push(value);
    if (name === "id") this.#id = value.toString();
    if (name === "retry" && /^\d+$/.test(value.toString())) this.#retry = Number(value);
  }

  #finish(): void {
    const { length } = this.#data;
    const joined = this.#data.flatMap((part, index) => (index === 0 ? [part] : [Buffer.from("\n"), part]));
    const data = length === 0 ? null : Buffer.concat(joined);
    if (data !== null || this.#id !== null || this.#retry !== null)
      this.#onEvent({ data: data?.length === 0 ? null : data, id: this.#id, retry: this.#retry });
    this.#data = [];
    this.#id = null;
    this.#retry = null;
  }
}
