import type { StreamedCall, StreamedReply } from "../../../platform/http/index.ts";
import { failure } from "./message.ts";

const MAX_BODY_BYTES = 64 << 20;

/** The whole body; null when it is larger than anybody means it to be. */
export async function readBody(call: StreamedCall): Promise<Buffer | null> {
  const parts: Uint8Array[] = [];
  let size = 0;
  for await (const part of call as AsyncIterable<Uint8Array>) {
    size += part.length;
    if (size <= MAX_BODY_BYTES) parts.push(part);
  }
  return size > MAX_BODY_BYTES ? null : Buffer.concat(parts);
}

export function sendJson(
  reply: StreamedReply,
  status: number,
  body: string | Uint8Array,
  headers: Readonly<Record<string, string>> = {},
): void {
  reply.writeHead(status, { "content-type": "application/json", ...headers }).end(body);
}

/** An error of the protocol, in answer to a request or to nobody. */
export function sendFailure(
  reply: StreamedReply,
  status: number,
  says: string,
  { id, code, data }: { id?: unknown; code?: number | undefined; data?: object | undefined } = {},
): void {
  sendJson(reply, status, JSON.stringify(failure(id, says, code, data)));
}
