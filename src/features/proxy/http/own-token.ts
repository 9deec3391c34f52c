import { createHash, randomBytes, timingSafeEqual } from "node:crypto";
import { chmodSync, mkdirSync, writeFileSync } from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";

/** What callers show. */
export interface OwnToken {
  /** Whether a header `Authorization` shows it. */
  isShown(authorization: string | undefined): boolean;
  /** Where it can be read; null where the caller of this program knows it. */
  file: string | null;
}

const sum = (text: string) => createHash("sha256").update(text).digest();

function keep(token: string, port: number, env: NodeJS.ProcessEnv): string {
  const state = env.XDG_STATE_HOME?.startsWith("/") ? env.XDG_STATE_HOME : join(homedir(), ".local/state");
  const folder = join(state, "growth-engine");
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const file = join(folder, `proxy-${port}.token`);
  writeFileSync(file, `${token}\n`, { mode: 0o600 });
  chmodSync(file, 0o600);
  return file;
}

/** The token that `GROWTH_ENGINE_PROXY_TOKEN` holds, else a new one in a file for this user alone. */
export function ownToken(port: number, env: NodeJS.ProcessEnv): OwnToken {
  const set = env.GROWTH_ENGINE_PROXY_TOKEN;
  const token = set || randomBytes(32).toString("base64url");
  const expected = sum(`bearer ${token}`);
  return {
    file: set ? null : keep(token, port, env),
    isShown: (authorization = "") =>
      timingSafeEqual(expected, sum(authorization.replace(/^bearer +/i, "bearer "))),
  };
}
