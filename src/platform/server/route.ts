import type { Actor } from "../../vocabulary/actor.ts";
import type { Transaction } from "../database/index.ts";
import type { AnswerOf, BodyOf, Endpoint, ParamsOf, QueryOf } from "../endpoint/endpoint.ts";

/** Headers by lower-case name; of several with one name the last. */
export type Headers = Readonly<Record<string, string | undefined>>;

/** A call that was checked: who, what, when. */
export interface DirectCall<E extends Endpoint> {
  actor: Actor;
  params: ParamsOf<E>;
  query: QueryOf<E>;
  body: BodyOf<E>;
  /** Of a `raw` endpoint, by lower-case name; else none. */
  headers: Headers;
  /** Milliseconds since 1970. */
  now: number;
}

/** A call with a transaction that sees the caller's fleet. */
export interface Call<E extends Endpoint> extends DirectCall<E> {
  transaction: Transaction;
}

/** A call of which nobody knows yet who calls. */
export interface Stranger {
  headers: Headers;
  params: Readonly<Record<string, string | undefined>>;
  /** The bytes of a `raw` endpoint, else empty. */
  body: Uint8Array;
  /** Milliseconds since 1970. */
  now: number;
}

/** Another way in than a token of ours. */
export interface WayIn {
  /** A name for who claims to come this way, so that one who fails does not lock out another; null when it is not this way. */
  knock(stranger: Stranger): string | null;
  /** @throws Refusal TOKEN_INVALID and the like */
  open(stranger: Stranger): Promise<Actor>;
}

/** An endpoint and what answers it. */
export interface Route {
  endpoint: Endpoint;
  /** Tried before a token of ours. */
  wayIn?: WayIn;
  /** The status of an answer, where it is not always that of the endpoint. */
  statusOf?: (answer: unknown) => number;
  /** Within the fleet's transaction, together with the audit and the kept answer. */
  answer?: (call: Call<Endpoint>) => Promise<unknown>;
  /** The transaction sees all fleets: for what is about the server itself. */
  allFleets?: true;
  /** Without one; the handler sees to durability and audit itself. */
  answerDirectly?: (call: DirectCall<Endpoint>) => Promise<unknown>;
}

/** Binds an endpoint to a deed within one transaction of the caller's fleet. */
export function route<E extends Endpoint>(
  endpoint: E,
  answer: (call: Call<E>) => Promise<AnswerOf<E>>,
): Route {
  return { endpoint, answer: answer as unknown as NonNullable<Route["answer"]> };
}

/** The same route with another way in beside tokens. */
export function withWayIn(open: Route, wayIn: WayIn): Route {
  return { ...open, wayIn };
}

/** Binds an endpoint to a deed within one transaction that sees all fleets; it must look whom it answers. */
export function serverRoute<E extends Endpoint>(
  endpoint: E,
  answer: (call: Call<E>) => Promise<AnswerOf<E>>,
): Route {
  return { ...route(endpoint, answer), allFleets: true };
}

/** Binds an endpoint to a deed that takes its own transactions, as group commit does. */
export function directRoute<E extends Endpoint>(
  endpoint: E,
  answer: (call: DirectCall<E>) => Promise<AnswerOf<E>>,
): Route {
  return { endpoint, answerDirectly: answer as unknown as NonNullable<Route["answerDirectly"]> };
}
