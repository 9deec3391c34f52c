import { EXIT, type ExitCode } from "../../vocabulary/exit-code.ts";

/** Closed list of error codes; `docs/reference/errors.md` is made from it and a test compares the two. */
export const ERROR_CODES = {
  USAGE: "The command was called with unknown or missing words.",
  CONFIG_INVALID: "`growth-engine.json` has a mistake.",
  INPUT_INVALID: "A value or a file given to the command is not what it takes.",
  INPUT_TOO_LARGE: "A text or file given to the command is larger than it takes.",
  REVISION_UNKNOWN: "A revision given to the command does not exist.",
  REFUSED: "The command understood, and the answer is no.",
  NOT_A_REPOSITORY: "The folder is not part of a git repository.",
  COMMAND_UNAPPROVED: "A command that the repository names was not approved by this user.",
  COMMAND_FAILED: "A set-up command of the repository failed.",
  HISTORY_MISSING: "Commits that the answer needs are not in this clone.",
  GIT_FAILED: "git could not do what was asked.",
  FILE_FAILED: "A file could not be read or written.",
  PLATFORM_UNSUPPORTED: "Something that the product brings along cannot run on this machine.",
  DATABASE_UNAVAILABLE: "The database could not be started or reached.",
  SERVER_MISSING: "The package `growth-engine-server` is not installed in this version.",
  SERVER_UNAVAILABLE: "The control plane does not answer.",
  ROUTE_UNKNOWN: "The server has no such address.",
  FLEET_UNKNOWN: "There is no fleet of this name, or the token may not see it.",
  PERSON_UNKNOWN: "The fleet has no person or team of this handle.",
  REPOSITORY_UNKNOWN: "The fleet has no repository of this name.",
  GUARD_VERDICT_UNKNOWN: "The fleet has kept no guard verdict of this identifier.",
  AGENT_UNKNOWN: "The fleet has no agent of this name.",
  TOKEN_UNKNOWN: "The fleet has no token of this identifier.",
  TOKEN_MISSING: "The call carries no token.",
  TOKEN_INVALID: "The token is unknown, expired or revoked.",
  TOKEN_ROLE: "The token's role may not do this.",
  ORIGIN_REFUSED: "A page of another site called the server, or called it by a name that is not its own.",
  TASK_UNKNOWN: "The fleet has no task of this identifier.",
  TASK_EXISTS: "The fleet has a task of this identifier already.",
  TASK_STATE: "The task is in a state in which this cannot be done.",
  TASK_HELD: "Somebody holds the task.",
  TASK_ASSIGNED: "The task is assigned to another agent.",
  TASK_NOT_READY: "The task waits for others.",
  TASK_FENCE_STALE:
    "The caller does not hold the task any more: its lease ran out, or another claim came after.",
  TASK_DEPENDENCY_MISSING: "A task that another is to wait for is not there.",
  TASK_CYCLE: "Tasks would wait for each other in a circle.",
  TASK_UNFINISHED: "Policies of the fleet for a completed task are not met.",
  MESSAGE_UNKNOWN: "The agent has no message of this number.",
  MESSAGE_CLOSED: "The message was answered already.",
  RESERVATION_UNKNOWN: "The fleet has no reservation of this number.",
  RESERVATION_RESOURCE: "Something that is to be reserved is no glob that can be compared, or no name.",
  RESERVATION_HELD: "Somebody has, or waits for, what is to be reserved.",
  RESERVATION_CIRCLE: "Waiting would close a circle of agents that wait for each other.",
  RESERVATION_LIMIT: "The agent has too many reservations, or too many stand in the way of one.",
  RESERVATION_STATE: "The reservation has ended already.",
  RESERVATION_FENCE_STALE: "The caller does not hold the reservation, or not any more.",
  SYNC_CHECKOUT_UNKNOWN: "Nobody opened this checkout to bring its records.",
  RECEIPT_OFF: "The server was given no key, so it signs no receipts.",
  RECEIPT_KEY: "A log of received lines is signed by another key than the one at hand.",
  RECEIPT_UNKNOWN: "The log of received lines holds no such line, or has not reached that size.",
  TOKEN_REPLAYED: "The OpenID token was used before, for another call.",
  OUTSIDE_REFUSED: "An address that somebody set leads where the server does not go.",
  OUTSIDE_UNAVAILABLE: "An address that somebody set does not answer.",
  FORGE_HOOK_UNKNOWN: "The fleet has no webhook of this identifier.",
  FORGE_TRUST_UNKNOWN: "The fleet trusts no workflow of this identifier.",
  FORGE_PULL_UNKNOWN: "The fleet knows no pull request of this number.",
  TOO_MANY: "Too many failed sign-ins came from this address.",
  SERVER_BUSY: "The server has more to write than it can hold; asked again, it may do it.",
  INTERNAL: "A mistake in Growth Engine itself.",
} as const;
/** The code of an error: stable, added and never renamed. */
export type ErrorCode = keyof typeof ERROR_CODES;

/**
 * Something expected that the caller can mend: a sentence, a code, the command that mends it.
 * `exit` is 2 when the question was wrong and 1 when the answer is no.
 */
export class Refusal extends Error {
  /** Each bundle carries its own copy of this class; `instanceof` is true for all of them. */
  static override [Symbol.hasInstance](error: unknown): boolean {
    return isRefusal(error);
  }

  /** What tells it from a {@link Fault}, whichever bundle made it. */
  readonly kind = "refusal";
  readonly code: ErrorCode;
  readonly hint: string | undefined;
  readonly exit: ExitCode;

  constructor(code: ErrorCode, message: string, options: { hint?: string; exit?: ExitCode } = {}) {
    super(message);
    this.code = code;
    this.hint = options.hint;
    this.exit = options.exit ?? EXIT.usage;
  }
}

/** A broken world (git, disk, permissions) or a bug: exit 3, never mistaken for success. */
export class Fault extends Error {
  /** As with {@link Refusal}. */
  static override [Symbol.hasInstance](error: unknown): boolean {
    return isFault(error);
  }

  readonly kind = "fault";
  readonly code: ErrorCode;
  readonly hint: string | undefined;

  constructor(code: ErrorCode, message: string, options: { hint?: string; cause?: unknown } = {}) {
    super(message, { cause: options.cause });
    this.code = code;
    this.hint = options.hint;
  }
}

export function isRefusal(error: unknown): error is Refusal {
  return error instanceof Error && (error as { kind?: unknown }).kind === "refusal";
}

export function isFault(error: unknown): error is Fault {
  return error instanceof Error && (error as { kind?: unknown }).kind === "fault";
}

/** The system's word for a failure (`ENOENT`, `EACCES`), or undefined. */
export function systemCode(error: unknown): string | undefined {
  const code = (error as { code?: unknown } | null)?.code;
  return typeof code === "string" ? code : undefined;
}

/** The sentence of an error, whatever was thrown. */
export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
