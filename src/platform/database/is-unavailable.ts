import { systemCode } from "../errors/index.ts";

/**
 * SQLSTATE classes and codes (PostgreSQL manual, appendix A) that say the server is away and not that the statement
 * is wrong: 08 connection exception, 57P01–57P03 shutdown, crash and cannot-connect-now, 53300 too many connections.
 */
const AWAY = /^(08...|57P0[123]|53300)$/;
const SYSTEM = new Set([
  "ECONNREFUSED",
  "ECONNRESET",
  "ENOENT",
  "EPIPE",
  "ETIMEDOUT",
  "EHOSTUNREACH",
  "ENOTFOUND",
  "EAI_AGAIN",
]);
/** What `pg` throws without a code. */
const SAID =
  /^(Connection terminated|timeout exceeded when trying to connect|Client has encountered a connection error|Cannot use a pool after calling end)/;

/** Does this error say that the database cannot be reached now? The same call may work later. */
export function isUnavailable(error: unknown): boolean {
  const code = systemCode(error);
  if (code !== undefined) return AWAY.test(code) || SYSTEM.has(code);
  return error instanceof Error && SAID.test(error.message);
}
