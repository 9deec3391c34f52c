import { CONFIG_FILE } from "../../config/index.ts";
import type { WholeFile } from "./settle-whole.ts";

/** Where the published schema lies from the top, which editors follow without a network. */
const SCHEMAS = {
  vendored: "./.growth-engine/growth-engine.schema.json",
  npm: "./node_modules/growth-engine/schema/growth-engine.schema.json",
} as const;

/** How the tool is held fast. */
export const PINS = ["vendored", "npm"] as const;
export type Pin = (typeof PINS)[number];

/**
 * A first config: what is production, and nothing that is a default anyway.
 * @param production globs; none leaves the defaults in force
 */
export function planConfig(pin: Pin, production: readonly string[]): WholeFile {
  const ban = production.length > 0 ? { ban: { production } } : {};
  const config = { $schema: SCHEMAS[pin], ...ban };
  return {
    path: CONFIG_FILE,
    says: production.length > 0 ? "rules, and production" : "rules: the defaults",
    text: `${JSON.stringify(config, null, 2)}\n`,
  };
}
