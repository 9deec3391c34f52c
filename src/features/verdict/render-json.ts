import type { Renderer } from "./renderer.ts";

/**
 * The fields of the contract (§3), in its order. As the second argument of JSON.stringify the list gives
 * the order, and lets no other field through: the output holds nothing that differs from run to run.
 */
const FIELDS = [
  ...["schema", "guard", "verdict", "by", "reason", "until", "base", "head", "rules", "guards", "summary"],
  ...["findings", "rule", "level", "message", "file", "line", "column", "hint", "chain", "overridden"],
  ...["uncounted", "why"],
];

/** The verdict for programs. */
export const renderJson: Renderer = (subject) => `${JSON.stringify(subject, FIELDS, 2)}\n`;
