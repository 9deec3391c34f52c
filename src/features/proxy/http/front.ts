import type { StreamedCall, StreamedReply } from "../../../platform/http/index.ts";
import type { Channel } from "../record/tap.ts";
import type { Gate } from "../relay/relay.ts";
import { lineOf } from "./message.ts";

/** Answers calls that were let in. */
export interface Front {
  /** @param body of a POST */
  answer(call: StreamedCall, reply: StreamedReply, body: Buffer): Promise<void>;
  /** Ends all that runs behind it. */
  close(): Promise<void>;
}

/** What every front leans on. */
export interface FrontParts {
  channel(): Channel;
  /** A gate that answers by `say`; null where all may pass. */
  gate(channel: Channel, say: (message: object) => void): Gate | null;
  note(sentence: string): void;
}

/**
 * Asks the policies of a body, and answers what they deny.
 * @returns whether it may be passed on
 */
export function mayPass(
  parts: FrontParts,
  channel: Channel,
  body: Uint8Array,
  reply: StreamedReply,
): boolean {
  const answers: object[] = [];
  const gate = parts.gate(channel, (message) => answers.push(message));
  if (gate === null) return true;
  const passed = [...gate.push(lineOf(body)), ...gate.end()];
  if (passed.length > 0) return true;
  const said = answers.length === 1 ? answers[0] : answers;
  reply.writeHead(answers.length === 0 ? 400 : 200, { "content-type": "application/json" });
  reply.end(answers.length === 0 ? undefined : JSON.stringify(said));
  return false;
}
