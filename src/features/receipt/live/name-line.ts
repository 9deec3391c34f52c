import { createHash } from "node:crypto";
import type { LoggedLine } from "../receipt-record.ts";

/** A line that is to be received. */
export type NamedLine = Omit<LoggedLine, "received">;

const UUID = /^(.{8})(.{4})(.{4})(.{4})(.{12}).*$/;

/** The number under which a line is looked up: the first half of a SHA-256, written as a UUID. */
export function lineId({ repository, agent, day, sum }: NamedLine): string {
  const told = JSON.stringify([repository, agent, day, sum]);
  return createHash("sha256").update(told).digest("hex").replace(UUID, "$1-$2-$3-$4-$5");
}
