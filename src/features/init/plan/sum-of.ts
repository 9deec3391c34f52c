import { createHash } from "node:crypto";

/** SHA-256 in lower-case hexadecimal. */
export function sumOf(content: Uint8Array): string {
  return createHash("sha256").update(content).digest("hex");
}

function withoutCarriageReturns(content: Buffer): Buffer {
  return Buffer.from(content.toString("latin1").replaceAll("\r\n", "\n"), "latin1");
}

/** Is it what was written? A checkout with `core.autocrlf` gives other line ends to the same text. */
export function isSum(content: Buffer, sum: string): boolean {
  return (
    sumOf(content) === sum || (content.includes("\r\n") && sumOf(withoutCarriageReturns(content)) === sum)
  );
}

/** The same text, whatever its line ends. */
export function isSameText(a: Buffer, b: Buffer): boolean {
  return a.equals(b) || withoutCarriageReturns(a).equals(withoutCarriageReturns(b));
}
