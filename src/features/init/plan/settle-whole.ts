import { isUtf8 } from "node:buffer";
import type { Entry } from "../manifest.ts";
import type { PlannedFile } from "./planned-file.ts";
import { isSameText, isSum, sumOf } from "./sum-of.ts";

/** A file that is init's from its first byte to its last. */
export interface WholeFile {
  path: string;
  says: string;
  text: string | Buffer;
  isExecutable?: boolean;
  isTool?: boolean;
}

/** What is known of the place where it would go. */
export interface Place {
  /** What lies there; null for nothing. */
  current: Buffer | null;
  /** What the manifest says of it. */
  entry: Entry | undefined;
  /** Whether its user asked for init's text in place of their own. */
  replace: boolean;
}

function keptText(current: Buffer): string | null {
  return isUtf8(current) ? current.toString("utf8") : null;
}

/** Decides what becomes of a file that init writes whole: a text that is not its own is never taken away unasked. */
export function settleWhole(file: WholeFile, { current, entry, replace }: Place): PlannedFile {
  const { path, says, isExecutable = false, isTool = false } = file;
  const after = Buffer.from(file.text);
  const own = entry && "sha256" in entry ? entry : undefined;
  const written: Entry = { ...own, sha256: sumOf(after) };
  const planned = { path, says, before: current, after, isExecutable, isTool };
  if (current === null) return { ...planned, action: "create", entry: { sha256: sumOf(after) } };
  if (isTool ? current.equals(after) : isSameText(current, after))
    return { ...planned, action: "fine", says, entry: own ? written : null };
  if (own && isSum(current, own.sha256)) return { ...planned, action: "change", entry: written };
  // A tool that is not what its sums say guards nothing.
  if (isTool)
    return { ...planned, action: "change", says: "is not what init wrote: restored", entry: written };
  const replaced = keptText(current);
  if (replace && replaced !== null)
    return { ...planned, action: "change", entry: { ...written, replaced: own?.replaced ?? replaced } };
  const why = own ? "edited since init wrote it: kept" : "yours: kept";
  return { ...planned, action: "yours", says: why, entry: own ?? null };
}
