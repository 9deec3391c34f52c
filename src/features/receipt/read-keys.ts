import { readFileSync } from "node:fs";
import { messageOf, Refusal } from "../../platform/errors/index.ts";
import { readVerifierKey, type VerifierKey } from "./verifier-key.ts";

const EXAMPLE = "growth-engine receipt key prints it: growth-engine/<fleet>+<8 digits>+<base64>";

function shown(word: string): string {
  return JSON.stringify(word.slice(0, 120));
}

/** The keys of `receipts.keys`. @throws Refusal CONFIG_INVALID */
export function keysOfConfig(words: readonly string[]): VerifierKey[] {
  return words.map((word, at) => {
    const key = readVerifierKey(word);
    if (key?.kind === "note") return key;
    throw new Refusal("CONFIG_INVALID", `receipts.keys[${at}] is no key of a log: ${shown(word)}`, {
      hint: EXAMPLE,
    });
  });
}

function readWord(word: string): string[] {
  if (readVerifierKey(word) !== null) return [word];
  try {
    const lines = readFileSync(word, "utf8").split("\n");
    return lines.map((line) => line.trim()).filter((line) => line !== "" && !line.startsWith("#"));
  } catch (error) {
    throw new Refusal("INPUT_INVALID", `${shown(word)} is no key, and no file of keys: ${messageOf(error)}`, {
      hint: EXAMPLE,
    });
  }
}

/**
 * Keys as words of the command line: each a vkey, or a file with one a line.
 * @throws Refusal INPUT_INVALID
 */
export function keysOfWords(words: readonly string[]): VerifierKey[] {
  return words.flatMap(readWord).map((word) => {
    const key = readVerifierKey(word);
    if (key !== null) return key;
    throw new Refusal("INPUT_INVALID", `${shown(word)} is no public key`, { hint: EXAMPLE });
  });
}
