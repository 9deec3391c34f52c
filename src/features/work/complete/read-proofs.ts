import { Refusal } from "../../../platform/errors/index.ts";

/** `1=test/login.test.ts`: which criterion, and what shows that it is met. @throws Refusal USAGE */
export function readProofs(words: readonly string[]): { criterion: string; proof: string }[] {
  return words.map((word) => {
    const at = word.indexOf("=");
    const [criterion, proof] = [word.slice(0, at).trim(), word.slice(at + 1).trim()];
    if (at > 0 && criterion !== "" && proof !== "") return { criterion, proof };
    throw new Refusal("USAGE", `--proof "${word}" names no criterion and proof`, {
      hint: "--proof 1=artifacts/ada/2026-01-31/mcp/login.jsonl",
    });
  });
}
