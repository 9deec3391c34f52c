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
 * The level of trust that a valid line has by itself (design §6): `recorded` when its chain is whole, which other lines
 * say. Whether the control plane received it, a receipt says.
 */
export function assuranceOf(value: Readonly<Record<string, unknown>>): Exclude<AssuranceLevel, "receipted"> {
  const recorded = isRecorder(value.recorder) && isText(value.session) && Number.isSafeInteger(value.seq);
  return recorded ? "recorded" : "claimed";
}
