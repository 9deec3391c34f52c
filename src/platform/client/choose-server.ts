import { homedir } from "node:os";
import { Refusal } from "../errors/index.ts";
import { readAnnouncement } from "./announced-server.ts";

/** Whom to ask, and as whom. */
export interface ChosenServer {
  url: string;
  token: string;
}

/** The port of `growth-engine serve`. */
const HERE = "http://127.0.0.1:7420";
const LOOPBACK = new Set(["127.0.0.1", "localhost", "[::1]"]);

/** Where `serve` keeps its data without `--data-dir`: the same places as in platform/database/embedded. */
function folders(env: NodeJS.ProcessEnv): string[] {
  const home = env.XDG_DATA_HOME ?? `${homedir()}/.local/share`;
  return env.GROWTH_ENGINE_DATA_DIR
    ? [env.GROWTH_ENGINE_DATA_DIR]
    : ["/var/lib/growth-engine", `${home}/growth-engine`];
}

/** A token must not cross a network in the clear. */
function checked(url: string): string {
  const parsed = URL.canParse(url) ? new URL(url) : null;
  if (!parsed || !/^https?:$/.test(parsed.protocol)) {
    throw new Refusal("INPUT_INVALID", `${url} is not the address of a control plane`, {
      hint: "--url https://growth-engine.example.com",
    });
  }
  if (parsed.protocol === "http:" && !LOOPBACK.has(parsed.hostname)) {
    throw new Refusal("INPUT_INVALID", `${url} would send the token in the clear`, {
      hint: `--url ${url.replace("http:", "https:")}`,
    });
  }
  return url.replace(/\/+$/, "");
}

/** The address that this user's environment names, else that of the server on this machine; null for neither. */
export function findServer(env: NodeJS.ProcessEnv, url?: string): string | null {
  const running = folders(env)
    .map(readAnnouncement)
    .find((found) => found !== null);
  const named = url || env.GROWTH_ENGINE_URL || running?.url;
  return named === undefined ? null : checked(named);
}

/**
 * The server that the user named, else the one that runs on this machine. What a repository's config says is not
 * asked: it could name a server that collects tokens.
 * @throws Refusal TOKEN_MISSING, INPUT_INVALID
 */
export function chooseServer(env: NodeJS.ProcessEnv, url: string | undefined): ChosenServer {
  const named = url || env.GROWTH_ENGINE_URL || undefined;
  const running =
    folders(env)
      .map(readAnnouncement)
      .find((found) => found !== null) ?? null;
  const token =
    env.GROWTH_ENGINE_TOKEN || (named === undefined || named === running?.url ? running?.token : null);
  const chosen = checked(named ?? running?.url ?? HERE);
  if (token) return { url: chosen, token };
  throw new Refusal("TOKEN_MISSING", `no token for ${chosen}`, {
    hint: running
      ? "GROWTH_ENGINE_TOKEN=ge_… growth-engine …; a manager makes one: growth-engine token add"
      : "start a server (growth-engine serve), or name one and a token: GROWTH_ENGINE_URL=… GROWTH_ENGINE_TOKEN=ge_…",
  });
}
