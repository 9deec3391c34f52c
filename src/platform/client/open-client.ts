import { randomUUID } from "node:crypto";
import { setTimeout as wait } from "node:timers/promises";
import { EXIT } from "../../vocabulary/exit-code.ts";
import type { AnswerOf, CallOf, Endpoint } from "../endpoint/index.ts";
import { ERROR_CODES, type ErrorCode, Fault, messageOf, Refusal } from "../errors/index.ts";
import { type ChosenServer, chooseServer } from "./choose-server.ts";
import type { ServerChoice } from "./server-options.ts";

/** Asks the control plane. `what` is checked against the endpoint's type, so the schema itself is not loaded. */
export interface Client {
  url: string;
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

function pathOf(template: string, params: Record<string, unknown>): string {
  return template.replaceAll(/:(\w+)/g, (_, name) => encodeURIComponent(String(params[name])));
}

function queryOf(query: Record<string, unknown>): string {
  const given = Object.entries(query).filter(([, value]) => value !== undefined);
  const text = new URLSearchParams(Object.fromEntries(given) as Record<string, string>).toString();
  return text === "" ? "" : `?${text}`;
}

function refusalOf(status: number, text: string): Error {
  let problem: { code?: unknown; detail?: unknown; hint?: unknown } = {};
  try {
    problem = JSON.parse(text) as typeof problem;
  } catch {
    return new Fault("SERVER_UNAVAILABLE", `the server answered ${status} and no problem document`);
  }
  const known = typeof problem.code === "string" && problem.code in ERROR_CODES;
  const code = known ? (problem.code as ErrorCode) : "REFUSED";
  const detail = String(problem.detail ?? "the server refused");
  const hint = typeof problem.hint === "string" ? { hint: problem.hint } : {};
  if (status >= 500) return new Fault(code, detail, hint);
  return new Refusal(code, detail, { ...hint, exit: status === 400 ? EXIT.usage : EXIT.no });
}

async function send(question: Question): Promise<{ status: number; text: string }> {
  const response = await fetch(question.url, {
    method: question.method,
    headers: question.headers,
    body: question.body,
    redirect: "error",
    signal: AbortSignal.timeout(ANSWER_MS),
  });
  return { status: response.status, text: await response.text() };
}

/** A write carries its own name, so that asking again after a lost answer does not do it again. */
async function persist(question: Question): Promise<{ status: number; text: string }> {
  let cause: unknown;
  for (const ms of [0, ...WAITS_MS]) {
    await wait(ms);
    try {
      const answer = await send(question);
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

function questionOf(
  server: ChosenServer,
  fleet: string | undefined,
  what: string,
  call: LooseCall,
): Question {
  const [method = "GET", path = ""] = what.split(" ");
  const { params = {}, query = {}, body } = call;
  const isLines = typeof body === "string";
  const contentType = isLines ? "application/x-ndjson" : "application/json";
  return {
    method,
    url: `${server.url}${pathOf(path, params)}${queryOf(query)}`,
    headers: {
      authorization: `Bearer ${server.token}`,
      ...(fleet ? { "growth-engine-fleet": fleet } : {}),
      ...(method === "GET" ? {} : { "idempotency-key": randomUUID() }),
      ...(body === undefined ? {} : { "content-type": contentType }),
    },
    body: body === undefined ? null : isLines ? body : JSON.stringify(body),
  };
}

async function ask(
  server: ChosenServer,
  fleet: string | undefined,
  what: string,
  call: LooseCall,
): Promise<unknown> {
  const { status, text } = await persist(questionOf(server, fleet, what, call));
  if (status >= 400) throw refusalOf(status, text);
  return JSON.parse(text);
}

async function all(
  server: ChosenServer,
  fleet: string | undefined,
  what: string,
  call: LooseCall,
): Promise<unknown[]> {
  const items: unknown[] = [];
  let cursor: string | undefined;
  do {
    const query = { limit: PAGE, ...call.query, ...(cursor === undefined ? {} : { cursor }) };
    const page = (await ask(server, fleet, what, { ...call, query })) as Page;
    items.push(...page.items);
    cursor = page.next ?? undefined;
  } while (cursor !== undefined);
  return items;
}

/** Opens a client for the server that the options and the environment name. */
export function openClient({ env, url, fleet }: ClientOptions): Client {
  const server = chooseServer(env, url);
  const named = fleet ?? env.GROWTH_ENGINE_FLEET;
  const client = {
    url: server.url,
    ask: (what: string, call: LooseCall = {}) => ask(server, named, what, call),
    all: (what: string, call: LooseCall = {}) => all(server, named, what, call),
  };
  // The types of a call are those of its endpoint, which only the caller names.
  return client as unknown as Client;
}
