import type { Gate } from "../relay/relay.ts";
import { LineSplitter } from "../relay/split-lines.ts";
import type { DeniedBy } from "./judge-call.ts";
import { type ReadRequest, readRequests } from "./read-request.ts";

/** A longer message cannot be judged, and is not passed on. */
const MAX_MESSAGE_BYTES = 64 << 20;
const NEWLINE = Buffer.from("\n");
/** JSON-RPC 2.0 §5.1: of the range that is left to implementations; and that of an invalid request. */
const DENIED = -32_001;
const INVALID = -32_600;

export interface GateOptions {
  deniedBy: DeniedBy;
  /** Answers the client. */
  say(message: object): void;
  /** Told each message with a denied call. */
  denied(line: Uint8Array): void;
  /** A sentence for standard error. */
  note(sentence: string): void;
}

function answer(id: unknown, code: number, message: string, data: object): object {
  return { jsonrpc: "2.0", id: id ?? null, error: { code, message, data } };
}

/** Lets whole messages through, but for those with a call that a policy denies, and those that nobody can judge. */
export class DeniedGate implements Gate {
  readonly #options: GateOptions;
  readonly #lines: LineSplitter;
  #passed: Uint8Array[] = [];

  constructor(options: GateOptions) {
    this.#options = options;
    this.#lines = new LineSplitter((line) => this.#judge(line), MAX_MESSAGE_BYTES);
  }

  push(part: Uint8Array): Uint8Array[] {
    this.#lines.push(part);
    return this.#passed.splice(0);
  }

  end(): Uint8Array[] {
    this.#lines.end();
    return this.#passed.splice(0);
  }

  #judge(line: Uint8Array | null): void {
    if (line === null) {
      this.#options.note("a message over 64 MiB was not passed on: it cannot be compared with the policy");
      return;
    }
    const requests = readRequests(line);
    const reasons = requests.map((request) => this.#reason(request));
    if (reasons.every((reason) => reason === null)) {
      this.#passed.push(Buffer.concat([line, NEWLINE]));
      return;
    }
    if (requests.some(({ kind }) => kind === "call")) this.#options.denied(line);
    for (const [index, request] of requests.entries()) this.#refuse(request, reasons[index] ?? null);
  }

  #reason(request: ReadRequest): string | null {
    if (request.kind === "other") return null;
    if (request.kind === "ambiguous") return "two readers could read this message differently";
    const policy = this.#options.deniedBy(request.tool);
    return policy === null ? null : `the policy ${policy.file} denies the tool ${request.tool}`;
  }

  /** Of several messages in one line, those that were fine in themselves were not passed on either. */
  #refuse(request: ReadRequest, reason: string | null): void {
    const says = reason ?? "another message of the same line was refused";
    this.#options.note(`not passed on: ${says}`);
    if (request.id === undefined) return;
    const isCall = request.kind === "call";
    const data = isCall ? { code: "TOOL_DENIED", tool: request.tool } : { code: "AMBIGUOUS" };
    this.#options.say(
      answer(request.id, isCall ? DENIED : INVALID, `${says}; the server did not get it`, data),
    );
  }
}
