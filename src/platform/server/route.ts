import type { Actor } from "../../vocabulary/actor.ts";
import type { Transaction } from "../database/index.ts";
import type { AnswerOf, BodyOf, Endpoint, ParamsOf, QueryOf } from "../endpoint/endpoint.ts";

/** A call that was checked: who, what, when. */
export interface DirectCall<E extends Endpoint> {
  actor: Actor;
  params: ParamsOf<E>;
  query: QueryOf<E>;
  body: BodyOf<E>;
  /** Milliseconds since 1970. */
  now: number;
}

/** A call with a transaction that sees the caller's fleet. */
export interface Call<E extends Endpoint> extends DirectCall<E> {
  transaction: Transaction;
}

/** An endpoint and what answers it. */
export interface Route {
  endpoint: Endpoint;
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
