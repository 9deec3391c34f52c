import { createPrivateKey, generateKeyPairSync, type KeyObject } from "node:crypto";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { Fault, messageOf, Refusal, systemCode } from "../../platform/errors/index.ts";

const OWNER_ONLY = 0o600;
const OWNER_FOLDER = 0o700;

function parse(path: string, pem: string): KeyObject {
  try {
    const key = createPrivateKey(pem);
    if (key.asymmetricKeyType === "ed25519") return key;
  } catch {
    // Said below: what crypto says of a key that is none helps nobody.
  }
  throw new Refusal("INPUT_INVALID", `${path} holds no Ed25519 private key in PEM`, {
    hint: `openssl genpkey -algorithm ed25519 -out ${path}`,
  });
}

function read(path: string): string | null {
  try {
    return readFileSync(path, "utf8");
  } catch (cause) {
    if (systemCode(cause) === "ENOENT") return null;
    throw new Fault("FILE_FAILED", `${path} could not be read: ${messageOf(cause)}`, { cause });
  }
}

/** Makes a key in a file that is for its owner alone; false when another process made one at the same moment. */
function make(path: string): boolean {
  const { privateKey } = generateKeyPairSync("ed25519");
  const pem = privateKey.export({ format: "pem", type: "pkcs8" });
  try {
    mkdirSync(dirname(path), { recursive: true, mode: OWNER_FOLDER });
    writeFileSync(path, pem, { mode: OWNER_ONLY, flag: "wx" });
    return true;
  } catch (cause) {
    if (systemCode(cause) === "EEXIST") return false;
    throw new Fault("FILE_FAILED", `${path} could not be written: ${messageOf(cause)}`, { cause });
  }
}

/**
 * The Ed25519 private key in a file, PKCS #8 as `openssl genpkey` writes it.
 * @throws Refusal INPUT_INVALID, Fault FILE_FAILED
 */
export function readPrivateKey(path: string): KeyObject {
  const pem = read(path);
  if (pem !== null) return parse(path, pem);
  throw new Refusal("INPUT_INVALID", `there is no file ${path}`, {
    hint: `openssl genpkey -algorithm ed25519 -out ${path}`,
  });
}

/** The same; made on first use (0600). */
export function openPrivateKey(path: string): { key: KeyObject; isNew: boolean } {
  const isNew = read(path) === null && make(path);
  return { key: readPrivateKey(path), isNew };
}
