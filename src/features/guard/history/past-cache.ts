import { createHash } from "node:crypto";
import {
  appendFileSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { dirname, join } from "node:path";
import { systemCode } from "../../../platform/errors/index.ts";
import type { PastJudgement } from "./past-judgement.ts";

/** Changed when a judgement means something else than before, or holds other fields. */
const FORMAT = 1;
/** Over this size the file begins anew with what the last run asked. */
const MAX_BYTES = 32 << 20;

/** Judgements of past pull requests, kept in the git directory: nobody's commit can bring one. */
export interface PastCache {
  get(key: string): PastJudgement | null;
  set(key: string, judgement: PastJudgement): void;
  /** Writes what is new. A full or read-only disk keeps nothing. */
  save(): void;
}

function sumOf(...texts: readonly string[]): string {
  return createHash("sha256").update(texts.join("\0")).digest("hex");
}

/** @param asked all that decides a judgement: version, commits, config */
export function cacheKey(...asked: readonly string[]): string {
  return sumOf(String(FORMAT), ...asked);
}

/** One line of the file: key, sum over key and judgement, judgement as text. A damaged line is no answer. */
function parseLine(line: string): [key: string, text: string] | null {
  const [key = "", sum = "", text = ""] = line.split("\t");
  return sum !== "" && sum === sumOf(key, text) ? [key, text] : null;
}

function formatLine(key: string, text: string): string {
  return `${key}\t${sumOf(key, text)}\t${text}\n`;
}

function readLines(file: string): Map<string, string> {
  try {
    if (statSync(file).size > 2 * MAX_BYTES) return new Map();
    return new Map(
      readFileSync(file, "utf8")
        .split("\n")
        .flatMap((line) => {
          const parsed = parseLine(line);
          return parsed === null ? [] : [parsed];
        }),
    );
  } catch (error) {
    if (systemCode(error) === undefined) throw error;
    return new Map();
  }
}

/** Written beside and moved into place, so that nobody reads half of it. */
function replace(file: string, text: string): void {
  const temporary = `${file}.${process.pid}`;
  try {
    writeFileSync(temporary, text, { mode: 0o600 });
    renameSync(temporary, file);
  } catch (error) {
    rmSync(temporary, { force: true });
    throw error;
  }
}

function keep(file: string, fresh: string, used: () => string): void {
  try {
    mkdirSync(dirname(file), { recursive: true });
    const size = statSync(file, { throwIfNoEntry: false })?.size ?? 0;
    if (size + fresh.length > MAX_BYTES) replace(file, used());
    else appendFileSync(file, fresh, { mode: 0o600 });
  } catch (error) {
    if (systemCode(error) === undefined) throw error;
  }
}

/** @param folder the git directory; null keeps nothing */
export function openPastCache(folder: string | null): PastCache {
  const file = folder === null ? null : join(folder, "growth-engine", "past-pulls.tsv");
  const known = file === null ? new Map<string, string>() : readLines(file);
  const used = new Map<string, string>();
  let fresh = "";
  return {
    get(key) {
      const text = known.get(key);
      if (text === undefined) return null;
      used.set(key, text);
      return JSON.parse(text) as PastJudgement;
    },
    set(key, judgement) {
      const text = JSON.stringify(judgement);
      known.set(key, text);
      used.set(key, text);
      fresh += formatLine(key, text);
    },
    save() {
      if (file === null || fresh === "") return;
      keep(file, fresh, () => [...used].map(([key, text]) => formatLine(key, text)).join(""));
      fresh = "";
    },
  };
}
