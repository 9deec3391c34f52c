import { type Logger, pino } from "pino";

export type Log = Logger;

/** One JSON object per line on standard error. What may hold a token is never written. */
export function createLog(level: string): Log {
  return pino(
    { level, base: null, redact: ["req.headers.authorization", "*.token", "*.password"] },
    pino.destination({ dest: 2, sync: false }),
  );
}
