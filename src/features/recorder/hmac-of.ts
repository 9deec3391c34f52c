import { createHmac, randomBytes } from "node:crypto";
import { linkSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";
import { systemCode } from "../../platform/errors/index.ts";
import { canonicalJson } from "./canonical-json.ts";

const KEY_BYTES = 32;
const KEY_NAME = "recorder.key";

type Environment = Readonly<Record<string, string | undefined>>;

/** Where this user's state lies, by the XDG base directory specification. */
function stateFolder(env: Environment): string {
  const set = env.XDG_STATE_HOME;
  return join(set?.startsWith("/") ? set : join(homedir(), ".local/state"), "growth-engine");
}

function readKey(path: string): Buffer | null {
  try {
    const key = readFileSync(path);
    return key.length === KEY_BYTES ? key : null;
  } catch (error) {
    if (systemCode(error) === "ENOENT") return null;
    throw error;
  }
}

/** Made whole under another name first: of many first recorders one wins, and all go on with its key. */
function makeKey(folder: string, path: string): Buffer {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const own = `${path}.${process.pid}.${randomBytes(4).toString("hex")}`;
  writeFileSync(own, randomBytes(KEY_BYTES), { mode: 0o600, flag: "wx" });
  try {
    linkSync(own, path);
  } catch (error) {
    if (systemCode(error) !== "EEXIST") throw error;
  } finally {
    rmSync(own, { force: true });
  }
  const key = readKey(path);
  if (key === null)
    throw new Error(`${path} is no key of ${KEY_BYTES} bytes: remove it, and another one is made`);
  return key;
}

const keys = new Map<string, Buffer>();

function keyOf(env: Environment): Buffer {
  const folder = stateFolder(env);
  const path = join(folder, KEY_NAME);
  const known = keys.get(path);
  if (known) return known;
  const key = readKey(path) ?? makeKey(folder, path);
  keys.set(path, key);
  return key;
}

/**
 * HMAC-SHA-256 (RFC 2104) of a value's canonical JSON under the key of this user, in lower-case hexadecimal. Sums
 * without a key would let anybody guess short secrets. The key is made on first use, in
 * `$XDG_STATE_HOME/growth-engine/recorder.key`, readable for this user alone.
 */
export function hmacOf(value: unknown, env: Environment = process.env): string {
  return createHmac("sha256", keyOf(env)).update(canonicalJson(value)).digest("hex");
}
