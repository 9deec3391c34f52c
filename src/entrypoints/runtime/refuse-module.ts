import { writeSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { mendImport } from "../../features/ban/index.ts";
import { type ErrorCode, systemCode } from "../../platform/errors/index.ts";
import { printable } from "../../platform/terminal/index.ts";

const REFUSED: ErrorCode = "REFUSED";

/** What is refused, and to whom. */
export interface Refused {
  package: string;
  /** As written. */
  specifier: string;
  /** Path or `file:` address of the importing module; null for the program itself. */
  importer: string | null;
}

/** Answers what must not load or start: throws, or warns and returns. */
export type Answer = (message: string, mend: string) => void;

/** What the hooks do: `block` throws, `warn` prints. */
export type Mode = "block" | "warn";

function shown(path: string): string {
  const file = path.startsWith("file:") ? fileURLToPath(path) : path;
  const folder = `${process.cwd()}/`;
  return file.startsWith(folder) ? file.slice(folder.length) : file;
}

/** A warning that cannot be written is no reason to stop a program. */
function say(text: string): void {
  try {
    writeSync(2, text);
  } catch (error) {
    if (systemCode(error) === undefined) throw error;
  }
}

/** @throws Error with code REFUSED in mode `block`: message and mend in one, since that is what Node prints */
export function answerIn(mode: Mode): Answer {
  const said = new Set<string>();
  return (message, mend) => {
    const text = printable(`${message}\nmend: ${mend}`);
    if (mode === "block") throw Object.assign(new Error(text), { code: REFUSED });
    if (!said.has(text)) say(`growth-engine: ${text}\n`);
    said.add(text);
  };
}

/** Refuses a module of a banned package. */
export function refuseModule(answer: Answer, { package: name, specifier, importer }: Refused): void {
  const written = specifier === name ? name : `${name} (as "${specifier}")`;
  const who = importer === null ? "the program itself" : `${shown(importer)} imports it`;
  answer(`${written} is banned from production and was not loaded: ${who}`, mendImport(null));
}
