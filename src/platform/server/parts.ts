import type { Actor } from "../../vocabulary/actor.ts";
import type { Clock } from "../clock/index.ts";
import type { Database, Transaction } from "../database/index.ts";
import type { SignInLimits } from "./sign-in-limits.ts";

/** One line of the audit: who did what to what, how it ended, and from where. */
export interface AuditEntry {
  /** UUID. */
  fleet: string;
  /** `agent:<name>` or `<role>:<token>`; `unknown` for a caller that could not be told. */
  actor: string;
  /** The endpoint's name, as `task_claim`. */
  action: string;
  /** What it was done to: the path that was asked. */
  target: string;
  /** `done`, or the code of the refusal. */
  result: string;
  /** The caller's network address. */
  address: string;
  /** Milliseconds since 1970. */
  at: number;
}

/** Who the bearer of a token is, for the fleet that the call names; refuses a token that is not good. */
export type Authenticate = (token: string, fleet: string | null) => Promise<Actor>;
/** Adds a line to the audit within a transaction. */
export type WriteAudit = (transaction: Transaction, entry: AuditEntry) => Promise<void>;

/** What a server is put together from. */
export interface ServerParts {
  database: Database;
  authenticate: Authenticate;
  audit: WriteAudit;
  limits: SignInLimits;
  clock: Clock;
}
