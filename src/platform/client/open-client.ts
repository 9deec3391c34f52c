import { createHash, randomUUID } from "node:crypto";
import { setTimeout as wait } from "node:timers/promises";
import type { AnswerOf, CallOf, Endpoint } from "../endpoint/index.ts";
import { Fault, messageOf } from "../errors/index.ts";
import { addressOf } from "./address-of.ts";
import { type ChosenServer, chooseServer } from "./choose-server.ts";
import { readProblem } from "./read-problem.ts";
import type { ServerChoice } from "./server-options.ts";

/** Asks the control plane. `what` is checked against the endpoint's type, so the schema itself is not loaded. */
export interface Client {
  url: string;
  /** Stands for the server, the fleet and the token in names of files; the token cannot be told from it. */
  id: string;
  /** Every item of a list, page by page. */
  all<E extends Endpoint & { method: "GET" }>(
    what: `${E["method"]} ${E["path"]}`,
    call?: CallOf<E>,
  ): Promise<ItemOf<E>[]>;
  ask<E extends Endpoint>(what: `${E["method"]} ${E["path"]}`, call?: CallOf<E>): Promise<AnswerOf<E>>;
}

/** What the pages of a list hold. */
type ItemOf<E extends Endpoint> = AnswerOf<E> extends { items: (infer T)[] } ? T : never;

interface Page {
  items: never[];
  next: string | null;
}

export interface ClientOptions extends ServerChoice {
  env: NodeJS.ProcessEnv;
}

/** How long a server that is away is waited for: a restart takes a second or two. */
const WAITS_MS = [200, 500, 1_000, 2_000, 4_000];
const ANSWER_MS = 30_000;

/** As many items as a page holds. */
const PAGE = 500;

/** Whom to ask, about which fleet, and how often when nobody answers. */
interface Target extends ChosenServer {
  fleet: string | undefined;
  waits: readonly number[];
  /** Milliseconds for which an answer is waited for. */
  within: number;
}

interface LooseCall {
  params?: Record<string, unknown>;
  query?: Record<string, unknown>;
  body?: unknown;
}

interface Question {
  method: string;
  url: string;
  headers: Record<string, string>;
  body: string | null;
}

async function send(question: Question, within: number): Promise<{ status: number; text: string }> {
  const response = await fetch(question.url, {
    method: question.method,
    headers: question.headers,
    body: question.body,
    redirect: "error",
    signal: AbortSignal.timeout(within),
  });
  return { status: response.status, text: await response.text() };
}

/** A write carries its own name, so that asking again after a lost answer does not do it again. */
async function persist(
  question: Question,
  { waits, within }: Target,
): Promise<{ status: number; text: string }> {
  let cause: unknown;
  for (const ms of [0, ...waits]) {
    await wait(ms);
    try {
      const answer = await send(question, within);
      if (answer.status !== 503) return answer;
      cause = new Error("it says that its database is away");
    } catch (error) {
      cause = error;
    }
  }
  const why = messageOf((cause as { cause?: unknown }).cause ?? cause);
  throw new Fault("SERVER_UNAVAILABLE", `${new URL(question.url).origin} does not answer: ${why}`, {
    cause,
    hint: "growth-engine serve; or name another server: --url",
  });
}

function questionOf({ fleet, ...server }: Target, what: string, call: LooseCall): Question {
  const [method = "GET", path = ""] = what.split(" ");
  const { params = {}, query = {}, body } = call;
  const isLines = typeof body === "string";
  const contentType = isLines ? "application/x-ndjson" : "application/json";
  return {
    method,
    url: `${server.url}${addressOf(path, params, query)}`,
    headers: {
      authorization: `Bearer ${server.token}`,
      ...(fleet ? { "growth-engine-fleet": fleet } : {}),
      ...(method === "GET" ? {} : { "idempotency-key": randomUUID() }),
      ...(body === undefined ? {} : { "content-type": contentType }),
    },
    body: body === undefined ? null : isLines ? body : JSON.stringify(body),
  };
}

async function ask(target: Target, what: string, call: LooseCall): Promise<unknown> {
  const { status, text } = await persist(questionOf(target, what, call), target);
  if (status >= 400) throw readProblem(status, text);
  return JSON.parse(text);
}

async function all(target: Target, what: string, call: LooseCall): Promise<unknown[]> {
  const items: unknown[] = [];
  let cursor: string | undefined;
  do {
    const query = { limit: PAGE, ...call.query, ...(cursor === undefined ? {} : { cursor }) };
    const page = (await ask(target, what, { ...call, query })) as Page;
    items.push(...page.items);
    cursor = page.next ?? undefined;
  } while (cursor !== undefined);
  return items;
}

const ID = 32;

function idOf({ url, fleet, token }: Target): string {
  return createHash("sha256")
    .update(JSON.stringify([url, fleet ?? null, token]))
    .digest("hex")
    .slice(0, ID);
}

/** Opens a client for the server that the options and the environment name. */
export function openClient({ env, url, fleet, waits, within }: ClientOptions): Client {
  const target = {
    ...chooseServer(env, url),
    fleet: fleet ?? env.GROWTH_ENGINE_FLEET,
    waits: waits === false ? [] : WAITS_MS,
    within: within ?? ANSWER_MS,
  };
  const client = {
    url: target.url,
    id: idOf(target),
    ask: (what: string, call: LooseCall = {}) => ask(target, what, call),
    all: (what: string, call: LooseCall = {}) => all(target, what, call),
  };
  // The types of a call are those of its endpoint, which only the caller names.
  return client as unknown as Client;
}
