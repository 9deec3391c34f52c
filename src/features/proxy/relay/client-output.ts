import type { Writable } from "node:stream";

const NEWLINE = 10;

/**
 * What the client reads: the server's bytes as they come, and now and then a message of the proxy itself, which waits
 * for the end of the line that the server is in the middle of.
 */
export class ClientOutput {
  readonly #to: Writable;
  #isMidLine = false;
  #waiting: string[] = [];

  constructor(to: Writable) {
    this.#to = to;
  }

  /** Bytes of the server. False when the client is slower than the server: the rest is to wait for `drain`. */
  pass(part: Uint8Array): boolean {
    const rest = this.#waiting.length > 0 ? this.#passLine(part) : part;
    if (rest.length === 0) return !this.#to.writableNeedDrain;
    this.#isMidLine = rest.at(-1) !== NEWLINE;
    return this.#to.write(rest);
  }

  /** A message of the proxy, on a line of its own. */
  say(message: object): void {
    const line = `${JSON.stringify(message)}\n`;
    if (this.#isMidLine) this.#waiting.push(line);
    else this.#to.write(line);
  }

  /** Whatever waits for the end of a line that never came. */
  end(): void {
    for (const line of this.#waiting.splice(0)) this.#to.write(`\n${line}`);
  }

  #passLine(part: Uint8Array): Uint8Array {
    const end = part.indexOf(NEWLINE) + 1;
    if (end === 0) return part;
    this.#to.write(part.subarray(0, end));
    this.#isMidLine = false;
    for (const line of this.#waiting.splice(0)) this.#to.write(line);
    return part.subarray(end);
  }
}
