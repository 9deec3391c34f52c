import { createHash, randomBytes } from "node:crypto";

/** NIST SP 800-63B §3.1.2 asks 112 bits of a look-up secret; at 256 a plain sum cannot be guessed, so it needs no salt. */
const BYTES = 32;

/** A new token. The beginning lets secret scanners tell it. */
export function newSecret(): string {
  return `ge_${randomBytes(BYTES).toString("base64url")}`;
}

/** What is kept of a token: its SHA-256. */
export function sumOfSecret(secret: string): Buffer {
  return createHash("sha256").update(secret).digest();
}
