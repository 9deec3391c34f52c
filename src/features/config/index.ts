export {
  ASSURANCE_LEVELS,
  type AssuranceLevel,
  CONFIG_FILE,
  type Config,
  SECTION_NAMES,
  type SectionName,
} from "./config.ts";
export { findConfig } from "./find-config.ts";
export { KEYS, type Key, type Kind } from "./keys.ts";
export { locateConfig } from "./locate-config.ts";
export { defaultConfig, parseConfig } from "./parse-config.ts";
export { readConfig } from "./read-config.ts";
