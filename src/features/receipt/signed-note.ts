import { type KeyObject, sign, verify } from "node:crypto";
import type { VerifierKey } from "./verifier-key.ts";

/** One signature of a note. */
export interface NoteSignature {
  name: string;
  /** Of the key, hexadecimal. */
  id: string;
  signature: Buffer;
}

/** A text with signatures (C2SP signed-note). The text ends with a newline. */
export interface Note {
  text: string;
  signatures: NoteSignature[];
}

/** More than any log and its witnesses need; who reads a note must not be made to work for ever. */
const MAX_BYTES = 64 << 10;
const MAX_SIGNATURES = 64;
const ID_BYTES = 4;
const TIME_BYTES = 8;
const LINE = /^— ([^\s\p{Z}\p{C}+]+) ([A-Za-z0-9+/]+={0,2})$/u;

function readSignature(line: string): NoteSignature | null {
  const [, name = "", encoded = ""] = LINE.exec(line) ?? [];
  const bytes = Buffer.from(encoded, "base64");
  if (bytes.length <= ID_BYTES || bytes.toString("base64") !== encoded) return null;
  const id = bytes.subarray(0, ID_BYTES).toString("hex");
  return { name, id, signature: bytes.subarray(ID_BYTES) };
}

/** Takes a note apart; null when it is none. Says nothing about whether a signature holds. */
export function readNote(note: string): Note | null {
  const cut = note.lastIndexOf("\n\n");
  if (note.length > MAX_BYTES || cut < 1 || !note.endsWith("\n") || /[\0-\x09\x0b-\x1f]/.test(note))
    return null;
  const lines = note.slice(cut + 2, -1).split("\n");
  const signatures = lines.map(readSignature);
  if (lines.length > MAX_SIGNATURES || signatures.includes(null)) return null;
  return { text: note.slice(0, cut + 1), signatures: signatures as NoteSignature[] };
}

function signatureLine({ name, id }: VerifierKey, signature: Buffer): string {
  return `— ${name} ${Buffer.concat([Buffer.from(id, "hex"), signature]).toString("base64")}\n`;
}

/** A note of this text with one signature. @param text ends with a newline */
export function signNote(text: string, key: VerifierKey, privateKey: KeyObject): string {
  return `${text}\n${signatureLine(key, sign(null, Buffer.from(text), privateKey))}`;
}

function cosigned(text: string, seconds: bigint): Buffer {
  return Buffer.from(`cosignature/v1\ntime ${seconds}\n${text}`);
}

/** The line by which a witness says at what time it saw a checkpoint follow all that it saw (C2SP tlog-cosignature). */
export function cosignLine(text: string, key: VerifierKey, privateKey: KeyObject, now: number): string {
  const time = Buffer.alloc(TIME_BYTES);
  const seconds = BigInt(Math.floor(now / 1_000));
  time.writeBigUInt64BE(seconds);
  return signatureLine(key, Buffer.concat([time, sign(null, cosigned(text, seconds), privateKey)]));
}

function holds(text: string, signature: Buffer, { kind, publicKey }: VerifierKey): boolean {
  if (kind === "note") return verify(null, Buffer.from(text), publicKey, signature);
  if (signature.length <= TIME_BYTES) return false;
  const seconds = signature.readBigUInt64BE(0);
  return verify(null, cosigned(text, seconds), publicKey, signature.subarray(TIME_BYTES));
}

/** What a note's signatures say of one key: it signed, it did not, or what stands in its name does not hold. */
export function checkSignature({ text, signatures }: Note, key: VerifierKey): "good" | "absent" | "bad" {
  const own = signatures.filter(({ name, id }) => name === key.name && id === key.id);
  if (own.length === 0) return "absent";
  return own.every(({ signature }) => holds(text, signature, key)) ? "good" : "bad";
}

/** When a witness signed, in milliseconds since 1970; null when it did not. Says nothing about whether it holds. */
export function timeOfCosignature({ signatures }: Note, key: VerifierKey): number | null {
  const own = signatures.find(({ name, id }) => name === key.name && id === key.id);
  if (own === undefined || own.signature.length <= TIME_BYTES) return null;
  return Number(own.signature.readBigUInt64BE(0)) * 1_000;
}
