import { isUnavailable } from "../database/index.ts";
import { type ErrorCode, isFault, isRefusal, messageOf, systemCode } from "../errors/index.ts";

/** RFC 9457. `code` is the same as the command line's, `hint` says how to mend it. */
export interface Problem {
  type: string;
  title: string;
  status: number;
  detail: string;
  code: ErrorCode;
  hint?: string;
}

/** RFC 9110 §15; 422 stays unused, since a body that is understood and wrong is a 400 here as on the command line. */
const STATUS: Partial<Record<ErrorCode, number>> = {
  TOKEN_MISSING: 401,
  TOKEN_INVALID: 401,
  TOKEN_ROLE: 403,
  ORIGIN_REFUSED: 403,
  TOKEN_REPLAYED: 401,
  TOO_MANY: 429,
  INPUT_TOO_LARGE: 413,
  DATABASE_UNAVAILABLE: 503,
  SERVER_BUSY: 503,
  OUTSIDE_UNAVAILABLE: 503,
  INTERNAL: 500,
};
const BAD_REQUEST = 400;
const NO = 409;

const TITLES: Record<number, string> = {
  400: "Asked wrongly",
  401: "Not signed in",
  403: "Not allowed",
  404: "Not found",
  409: "Refused",
  413: "Too large",
  415: "Unsupported media type",
  429: "Too many requests",
  500: "Internal error",
  503: "Unavailable",
};

function statusOf(code: ErrorCode, exit: number): number {
  if (code.endsWith("_UNKNOWN")) return 404;
  return STATUS[code] ?? (exit === 1 ? NO : BAD_REQUEST);
}

function problem(status: number, code: ErrorCode, detail: string, hint?: string): Problem {
  const title = TITLES[status] ?? "Refused";
  return { type: "about:blank", title, status, detail, code, ...(hint === undefined ? {} : { hint }) };
}

/** SQLSTATE class 22 (data exception): a value that no check refused and the database does. */
const DATA = /^22...$/;

/** Fastify's own refusals carry a status: bad JSON, too large, wrong media type. */
function fromFastify(error: unknown): Problem | null {
  const { statusCode, message } = error as { statusCode?: unknown; message?: string };
  if (typeof statusCode !== "number" || statusCode < BAD_REQUEST || statusCode >= 500) return null;
  const code = statusCode === 413 ? "INPUT_TOO_LARGE" : "INPUT_INVALID";
  return problem(statusCode, code, message ?? "the request is broken");
}

/** What a caller is told of an error. A mistake of ours says nothing of our insides. */
export function problemOf(error: unknown): Problem {
  if (isRefusal(error))
    return problem(statusOf(error.code, error.exit), error.code, error.message, error.hint);
  if (isFault(error) && error.code === "OUTSIDE_UNAVAILABLE")
    return problem(503, error.code, error.message, "ask again in a few seconds");
  if (isUnavailable(error) || (isFault(error) && error.code === "DATABASE_UNAVAILABLE"))
    return problem(503, "DATABASE_UNAVAILABLE", "the database is away", "ask again in a few seconds");
  if (DATA.test(systemCode(error) ?? "")) return problem(400, "INPUT_INVALID", messageOf(error));
  return fromFastify(error) ?? problem(500, "INTERNAL", "something went wrong; the server's log says what");
}
