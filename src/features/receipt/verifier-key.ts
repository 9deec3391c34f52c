import { createPublicKey, hash, type KeyObject } from "node:crypto";

/** Which kind of signature a key makes: the bytes that C2SP signed-note assigns. */
export const SIGNATURE = { note: 1, cosignature: 4 } as const;
export type SignatureKind = keyof typeof SIGNATURE;

/** A public key, and the name under which it signs. */
export interface VerifierKey {
  name: string;
  kind: SignatureKind;
  /** Four bytes, hexadecimal. */
  id: string;
  publicKey: KeyObject;
}

const ID_BYTES = 4;
const KEY_BYTES = 32;
/** What stands before the 32 bytes of an Ed25519 key in its DER form (RFC 8410 §4). */
const SPKI = Buffer.from("302a300506032b6570032100", "hex");
const NAME = /^[^\s\p{Z}\p{C}+]{1,200}$/u;
const VKEY = /^([^+]+)\+([0-9a-f]{8})\+([A-Za-z0-9+/]+={0,2})$/;

/** The 32 bytes of an Ed25519 public key. */
export function rawKey(publicKey: KeyObject): Buffer {
  return publicKey.export({ format: "der", type: "spki" }).subarray(SPKI.length);
}

/** Can this be the name of a key (C2SP signed-note)? */
export function isKeyName(name: string): boolean {
  return NAME.test(name);
}

/** The key's number, in hexadecimal: the beginning of SHA-256 of name, newline, kind and key (C2SP signed-note). */
export function keyIdOf(name: string, kind: SignatureKind, publicKey: KeyObject): string {
  const told = Buffer.concat([Buffer.from(`${name}\n`), Buffer.of(SIGNATURE[kind]), rawKey(publicKey)]);
  return hash("sha256", told, "buffer").subarray(0, ID_BYTES).toString("hex");
}

/** A key under a name. */
export function nameKey(name: string, kind: SignatureKind, publicKey: KeyObject): VerifierKey {
  return { name, kind, id: keyIdOf(name, kind, publicKey), publicKey };
}

/** The key as one word, a vkey: `<name>+<id>+<base64 of kind and key>` (C2SP signed-note). */
export function writeVerifierKey({ name, kind, id, publicKey }: VerifierKey): string {
  const key = Buffer.concat([Buffer.of(SIGNATURE[kind]), rawKey(publicKey)]).toString("base64");
  return `${name}+${id}+${key}`;
}

/** Reads a vkey; null when it is none, or its parts do not belong together. */
export function readVerifierKey(word: string): VerifierKey | null {
  const [, name = "", id = "", encoded = ""] = VKEY.exec(word.trim()) ?? [];
  const bytes = Buffer.from(encoded, "base64");
  const kind = (Object.keys(SIGNATURE) as SignatureKind[]).find((one) => SIGNATURE[one] === bytes[0]);
  if (!isKeyName(name) || kind === undefined || bytes.length !== 1 + KEY_BYTES) return null;
  const der = Buffer.concat([SPKI, bytes.subarray(1)]);
  const key = nameKey(name, kind, createPublicKey({ key: der, format: "der", type: "spki" }));
  return key.id === id ? key : null;
}
