import { hash } from "node:crypto";

/** Bytes of a SHA-256. */
export const SUM_BYTES = 32;

/** SHA-256 of nothing, hexadecimal: the sum of a file of which nothing is here. */
export const NO_SUM = hash("sha256", "", "hex");

/** SHA-256 of a line without its end, hexadecimal. */
export function sumOfLine(line: string): string {
  return hash("sha256", line.endsWith("\r") ? line.slice(0, -1) : line, "hex");
}

/** The sums of lines, one behind the other, taken apart. */
export function splitSums(joined: Buffer): string[] {
  const hex = joined.toString("hex");
  const sums: string[] = [];
  for (let at = 0; at < hex.length; at += SUM_BYTES * 2) sums.push(hex.slice(at, at + SUM_BYTES * 2));
  return sums;
}

/** sum → how often it stands there. */
export function countSums(sums: Iterable<string>): Map<string, number> {
  const counts = new Map<string, number>();
  for (const sum of sums) counts.set(sum, (counts.get(sum) ?? 0) + 1);
  return counts;
}
