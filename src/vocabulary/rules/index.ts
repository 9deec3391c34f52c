import { BAN_RULES } from "./ban-rules.ts";
import { EVIDENCE_RULES } from "./evidence-rules.ts";
import { GUARD_RULES } from "./guard-rules.ts";
import { HEARTBEAT_RULES } from "./heartbeat-rules.ts";
import type { Rule } from "./rule.ts";
import { RUN_RULES } from "./run-rules.ts";
import { WITNESS_RULES } from "./witness-rules.ts";

const CATALOGUE = {
  ...EVIDENCE_RULES,
  ...HEARTBEAT_RULES,
  ...BAN_RULES,
  ...GUARD_RULES,
  ...WITNESS_RULES,
  ...RUN_RULES,
};

/** The name of a rule, such as `evidence/missing`. */
export type RuleName = keyof typeof CATALOGUE;
export { PAGES_ADDRESS, pageAddress, pageOf } from "./page.ts";
export type { Rule };

/** Every rule there is. Names are stable: extend, never rename. */
export const RULES: Readonly<Record<RuleName, Rule>> = CATALOGUE;
export const RULE_NAMES = Object.keys(CATALOGUE) as RuleName[];
