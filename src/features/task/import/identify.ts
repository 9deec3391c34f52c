import { storableText } from "./storable.ts";

const MAX = 128;
/** Words that stand in addresses where an identifier would (fields/contract.ts). */
const RESERVED = new Set([".", "..", "next", "settings", "import", "assign", "events"]);

/** A tracker's identifier as one of ours: one line, without slashes and unseen characters. */
export function identify(id: string): string {
  const plain = storableText(id)
    .replaceAll(/[/\\]/g, "-")
    .replaceAll(/[\p{C}\p{Zl}\p{Zp}]+/gu, " ")
    .replace(/^[\p{C}\p{Z}]+|[\p{C}\p{Z}]+$/gu, "");
  const short = [...plain].slice(0, MAX).join("").slice(0, MAX).trimEnd();
  return short === "" || RESERVED.has(short) ? `task ${short}`.trim() : short;
}
