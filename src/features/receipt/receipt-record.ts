import { HASH_BYTES } from "./tree-hash.ts";

/** Names the form of a receipt record, and is the first word of each leaf. */
export const RECEIPT_SCHEMA = "growth-engine/receipt@1";

/** Lines that follow each other in the log and were received at one time. */
export type ReceiptRun = [first: number, received: string, sums: string[]];

/**
 * A line of a receipts file: the control plane received these lines of one agent's day of one repository, and here is
 * the proof that they stand in its log.
 */
export interface ReceiptRecord {
  schema: typeof RECEIPT_SCHEMA;
  repository: string;
  agent: string;
  /** `YYYY-MM-DD` of the folder. */
  day: string;
  /** In the order of the log. Times are RFC 3339, sums SHA-256 of lines without their ends. */
  leaves: ReceiptRun[];
  /** What `planInclusion` names, in base64. */
  proof: string[];
  /** A signed checkpoint of the log. */
  checkpoint: string;
}

/** What a leaf of the log says: this line, of this agent's day of this repository, was here at this time. */
export interface LoggedLine {
  repository: string;
  agent: string;
  day: string;
  /** SHA-256 of the line without its end, lower-case hexadecimal. */
  sum: string;
  /** RFC 3339, by the clock of the control plane. */
  received: string;
}

/** The data of a leaf. */
export function leafData({ repository, agent, day, sum, received }: LoggedLine): string {
  return JSON.stringify([RECEIPT_SCHEMA, repository, agent, day, sum, received]);
}

const isText = (value: unknown): value is string => typeof value === "string" && value !== "";
const isSum = (value: unknown): boolean => typeof value === "string" && /^[0-9a-f]{64}$/.test(value);

function isHash(value: unknown): boolean {
  if (typeof value !== "string") return false;
  const bytes = Buffer.from(value, "base64");
  return bytes.length === HASH_BYTES && bytes.toString("base64") === value;
}

function isRun(value: unknown): value is ReceiptRun {
  if (!Array.isArray(value) || value.length !== 3) return false;
  const [first, received, sums] = value as unknown[];
  if (!Number.isSafeInteger(first) || (first as number) < 0 || !isText(received)) return false;
  return Array.isArray(sums) && sums.length > 0 && sums.every(isSum);
}

/** Takes a record as it was parsed; null when it has not the form of one. */
export function readReceipt(value: unknown): ReceiptRecord | null {
  if (typeof value !== "object" || value === null) return null;
  const { schema, repository, agent, day, leaves, proof, checkpoint } = value as Record<string, unknown>;
  const isWhole =
    schema === RECEIPT_SCHEMA &&
    [repository, agent, day, checkpoint].every(isText) &&
    Array.isArray(leaves) &&
    leaves.length > 0 &&
    leaves.every(isRun) &&
    Array.isArray(proof) &&
    proof.every(isHash);
  return isWhole ? (value as ReceiptRecord) : null;
}
