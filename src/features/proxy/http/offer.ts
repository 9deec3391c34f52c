import { Refusal, systemCode } from "../../../platform/errors/index.ts";
import {
  type StreamedCall,
  type StreamedReply,
  type StreamServer,
  serveStreams,
} from "../../../platform/http/index.ts";
import type { Front } from "./front.ts";
import { judgeCaller, PATH } from "./judge-caller.ts";
import { type OwnToken, ownToken } from "./own-token.ts";
import { readBody, sendFailure } from "./send-json.ts";

/** A front that can be called. */
export interface Offered {
  /** `http://127.0.0.1:<port>/mcp` */
  url: string;
  token: OwnToken;
  close(): Promise<void>;
}

async function letIn(call: StreamedCall, reply: StreamedReply, front: Front, note: (says: string) => void) {
  const body = await readBody(call);
  if (body === null) return sendFailure(reply, 413, "the body is too large");
  try {
    await front.answer(call, reply, body);
  } catch (error) {
    note(String(error));
    if (reply.headersSent) reply.destroy();
    else sendFailure(reply, 500, "the proxy failed");
  }
}

async function serve(
  port: number,
  answer: (call: StreamedCall, reply: StreamedReply) => void,
): Promise<StreamServer> {
  try {
    return await serveStreams(port, answer);
  } catch (error) {
    if (systemCode(error) === undefined) throw error;
    throw new Refusal("INPUT_INVALID", `port ${port} of this machine cannot be had (${systemCode(error)})`, {
      hint: "give another --listen, or 0 for any that is free",
    });
  }
}

/** Lets callers of this machine in who show the token, and are no page of another site. */
export async function offer(
  port: number,
  front: Front,
  { env, note }: { env: NodeJS.ProcessEnv; note(says: string): void },
): Promise<Offered> {
  let token: OwnToken | null = null;
  const server = await serve(port, (call, reply) => {
    const { host, origin, authorization } = call.headers;
    const path = (call.url ?? "/").split("?")[0] ?? "/";
    const caller = { method: call.method ?? "", path, host, origin };
    const away = judgeCaller(caller, server.port, token?.isShown(authorization) ?? false);
    if (away === null) {
      void letIn(call, reply, front, note);
      return;
    }
    call.resume();
    if (away.status === 401) reply.setHeader("www-authenticate", "Bearer");
    sendFailure(reply, away.status, away.says);
  });
  token = ownToken(server.port, env);
  return {
    url: `http://127.0.0.1:${server.port}${PATH}`,
    token,
    close: async () => {
      await front.close();
      await server.close();
    },
  };
}
