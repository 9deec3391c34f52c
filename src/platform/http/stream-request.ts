import { Agent, type IncomingMessage, type OutgoingHttpHeaders, request } from "node:http";
import { Agent as SecureAgent, request as secureRequest } from "node:https";
import { systemCode } from "../errors/index.ts";

export type StreamedAnswer = IncomingMessage;

/** A request of which the answer is read as it comes. */
export interface StreamedRequest {
  method: string;
  headers: OutgoingHttpHeaders;
  body?: Uint8Array;
  signal?: AbortSignal;
}

const plain = new Agent({ keepAlive: true });
const secure = new SecureAgent({ keepAlive: true });

/**
 * Asks an address that the caller of the program named. Follows no redirect: headers for one server are not for another.
 * @returns as soon as the head of the answer is there
 */
export function streamRequest(url: URL, asked: StreamedRequest): Promise<StreamedAnswer> {
  const { method, headers, body, signal } = asked;
  return new Promise((resolve, reject) => {
    const isSecure = url.protocol === "https:";
    const options = { method, headers, agent: isSecure ? secure : plain, ...(signal && { signal }) };
    const sent = (isSecure ? secureRequest : request)(url, options, resolve);
    sent.on("error", (error) => {
      // The server closed a kept connection at the moment when it was used again: it has seen nothing of this request.
      if (sent.reusedSocket && systemCode(error) === "ECONNRESET")
        streamRequest(url, asked).then(resolve, reject);
      else reject(error);
    });
    sent.end(body);
  });
}
