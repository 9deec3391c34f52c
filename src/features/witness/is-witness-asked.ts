import type { Config } from "../config/index.ts";

const OURS = /^(witness|run)[./]/;

/**
 * Whether the guard `witness` is part of `all`: the config gives any key of `witness` or `run`, or any level but
 * `off` to one of their rules.
 */
export function isWitnessAsked({ given, rules }: Config): boolean {
  const levels = Object.entries(rules);
  return (
    given.some((key) => OURS.test(key)) || levels.some(([rule, level]) => OURS.test(rule) && level !== "off")
  );
}
