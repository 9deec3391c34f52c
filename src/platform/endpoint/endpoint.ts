import type { z } from "zod";
import type { CallerRole } from "../../vocabulary/actor.ts";

/**
 * One thing that can be asked of the control plane, described once: the server mounts it, the client calls it,
 * and the OpenAPI page is made from it.
 */
export interface Endpoint {
  /** `<feature>_<verb>`: the operation's identifier, and the MCP tool of the same deed. */
  name: `${string}_${string}`;
  method: "GET" | "POST" | "PUT" | "DELETE";
  /** `/api/v1/<feature>…`, with `:name` where a parameter stands. */
  path: `/api/v1/${string}`;
  /** One sentence for the reference. */
  says: string;
  /** Who may ask. */
  roles: readonly CallerRole[];
  params?: z.ZodObject;
  query?: z.ZodObject;
  body?: z.ZodType;
  /** The body is lines of JSON and reaches the handler as text. */
  lines?: true;
  /** The body is JSON and reaches the handler as the bytes that came: a signature is over these. */
  raw?: true;
  /** A part of a command's conversation with the server, and no tool: the command is. */
  plumbing?: true;
  /** A POST that changes nothing: what it asks about is more than an address holds. */
  reads?: true;
  /** Largest body in bytes, where 1 MiB is too little. */
  maxBytes?: number;
  answer: z.ZodType;
  /** The answer holds a secret that is shown once, so it is not kept. */
  secret?: true;
  /** 201 for what makes something new, 202 for what may come to nothing, else 200. */
  status?: 200 | 201 | 202;
}

type Parsed<T> = T extends z.ZodType ? z.output<T> : undefined;
type Given<T> = T extends z.ZodType ? z.input<T> : undefined;

/** What a handler receives. */
export type ParamsOf<E extends Endpoint> = Parsed<E["params"]>;
export type QueryOf<E extends Endpoint> = Parsed<E["query"]>;
export type BodyOf<E extends Endpoint> = E["lines"] extends true
  ? string
  : E["raw"] extends true
    ? Uint8Array
    : Parsed<E["body"]>;
/** What it answers. */
export type AnswerOf<E extends Endpoint> = z.output<E["answer"]>;
/** What a client sends. */
export interface CallOf<E extends Endpoint> {
  params?: Given<E["params"]>;
  query?: Given<E["query"]>;
  body?: E["lines"] extends true ? string : E["raw"] extends true ? string : Given<E["body"]>;
}

/** Keeps the exact types of what it is given. */
export function endpoint<const E extends Endpoint>(described: E): E {
  return described;
}
