import type { Finding } from "../../vocabulary/finding.ts";
import type { Config } from "../config/index.ts";
import type { EvidenceFacts } from "./evidence-facts.ts";

/** What the facts about a range break of the rules of guard-mcp. */
export function judgeEvidence(facts: EvidenceFacts, _config: Config): Finding[] {
  return [...facts.lineFindings];
}
