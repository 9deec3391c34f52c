import { isUtf8 } from "node:buffer";
import { hasHooks, takeOutHooks } from "../agents/take-out-hooks.ts";
import type { Entry } from "../manifest.ts";
import type { PlannedFile } from "./planned-file.ts";
import { findAddition, withoutAddition } from "./settle-addition.ts";
import { isSum } from "./sum-of.ts";

type Outcome = Pick<PlannedFile, "action" | "says" | "after">;

function undoWhole(current: Buffer, entry: Extract<Entry, { sha256: string }>): Outcome {
  if (!isSum(current, entry.sha256))
    return { action: "yours", says: "edited since init wrote it: stays", after: current };
  if (entry.replaced !== undefined)
    return { action: "change", says: "the text that init replaced", after: Buffer.from(entry.replaced) };
  return { action: "remove", says: "written by init", after: null };
}

function undoAddition(current: Buffer, entry: Extract<Entry, { added: string }>): Outcome {
  // One character a byte, so that what is around it stays as it is, in any encoding.
  const text = current.toString("latin1");
  const own = { ...entry, added: Buffer.from(entry.added).toString("latin1") };
  if (findAddition(text, own.added) === null)
    return { action: "yours", says: "init's lines were edited since: stays", after: current };
  const rest = withoutAddition(text, own);
  if (rest === "" && entry.created) return { action: "remove", says: "written by init", after: null };
  return { action: "change", says: "without the lines of init", after: Buffer.from(rest, "latin1") };
}

/** Is there nothing left that anybody else wrote? */
function isBare(text: string): boolean {
  return ["", "{}", '{"version":1}'].includes(text.replaceAll(/\s/g, ""));
}

function undoHooks(current: Buffer, entry: Extract<Entry, { inserted: string[] }>): Outcome {
  const text = current.toString();
  if (!isUtf8(current) || !hasHooks(text))
    return { action: "yours", says: "init's hooks are not in it any more: stays", after: current };
  const rest = takeOutHooks(text, entry.inserted);
  if (entry.created && isBare(rest)) return { action: "remove", says: "written by init", after: null };
  return { action: "change", says: "without the hooks of init", after: Buffer.from(rest) };
}

function undo(current: Buffer, entry: Entry): Outcome {
  if ("sha256" in entry) return undoWhole(current, entry);
  return "added" in entry ? undoAddition(current, entry) : undoHooks(current, entry);
}

/** What `--undo` does to one file of the manifest: exactly what init did is taken back, nothing else. */
export function planUndo(path: string, current: Buffer | null, entry: Entry): PlannedFile {
  const isTool = /^\.?growth-engine\//.test(path);
  const planned = {
    path,
    before: current,
    isExecutable: false,
    entry: null,
    isTool,
  };
  if (current === null)
    return { ...planned, action: "fine", says: isTool ? "the tool" : "is gone already", after: null };
  const outcome = undo(current, entry);
  const says = isTool && outcome.action === "remove" ? "the tool" : outcome.says;
  return { ...planned, ...outcome, says };
}
