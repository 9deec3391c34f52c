import { messageType } from "./message-type.ts";
import type { Signal } from "./signal.ts";

/** A response, or a `google.rpc.Status`, as bytes. */
export function encodeAnswer(
  signal: Signal | "status",
  answer: Readonly<Record<string, unknown>>,
): Uint8Array {
  const type = messageType(signal, "Response");
  return type.encode(type.fromObject(answer)).finish();
}
