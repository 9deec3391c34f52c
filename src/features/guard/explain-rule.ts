import { Refusal } from "../../platform/errors/index.ts";
import { nearestOf } from "../../platform/errors/nearest.ts";
import type { Paint } from "../../platform/terminal/index.ts";
import { pageOf, RULE_NAMES, RULES, type RuleName } from "../../vocabulary/rules/index.ts";

/** The catalogue's name for what was typed. @throws Refusal USAGE with the nearest rule */
export function parseRule(text: string): RuleName {
  const rule = RULE_NAMES.find((name) => name === text);
  if (rule !== undefined) return rule;
  const near = nearestOf(text, RULE_NAMES);
  throw new Refusal("USAGE", `there is no rule "${text}"`, {
    hint: near === null ? "growth-engine guard explain --help" : `did you mean "${near}"?`,
  });
}

/** What one rule means, as text for people. */
export function explainRule(rule: RuleName, paint: Paint): string {
  const { level, says, mend } = RULES[rule];
  return [
    `${paint("bold", rule)}  ${paint("dim", `level ${level} unless the config says otherwise`)}`,
    `  means  ${says}`,
    `  mend   ${mend}`,
    `  change "rules": { "${rule}": "off" | "observe" | "warn" | "block" } in growth-engine.json of the target branch`,
    `  cost   growth-engine guard --observe --since 90d: what it would have blocked`,
    `  page   ${pageOf(rule)}`,
    "",
  ].join("\n");
}
