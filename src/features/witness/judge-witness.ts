import type { Finding } from "../../vocabulary/finding.ts";
import type { Config } from "../config/index.ts";
import type { WitnessFacts } from "./witness-facts.ts";

/** What the facts about a range break of the rules of the guard `witness`. */
export function judgeWitness(_facts: WitnessFacts, _config: Config): Finding[] {
  return [];
}

/** One sentence of the guard `witness`. */
export function summariseWitness({ code }: WitnessFacts): string {
  return `${code.length} code ${code.length === 1 ? "file" : "files"} changed`;
}
