import type { AssuranceLevel } from "../config/index.ts";

function isText(value: unknown): boolean {
  return typeof value === "string" && value.trim() !== "";
}

/** Does this say what wrote a line? */
export function isRecorder(value: unknown): boolean {
  if (typeof value !== "object" || value === null) return false;
  const { kind, name, version } = value as Record<string, unknown>;
  return isText(kind) && isText(name) && isText(version);
}

/**
 * The level of trust that a valid line claims for itself (design §6). `receipted` says only that it carries a
 * receipt: whether that holds is for whoever has the key.
 */
export function assuranceOf(value: Readonly<Record<string, unknown>>): AssuranceLevel {
  const recorded = isRecorder(value.recorder) && isText(value.session) && Number.isSafeInteger(value.seq);
  if (!recorded) return "claimed";
  return typeof value.receipt === "object" && value.receipt !== null ? "receipted" : "recorded";
}
