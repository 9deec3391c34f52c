declare const GROWTH_ENGINE_VERSION: string;

/** The version of this package; `growth-engine serve` starts its own version and no other. */
export const VERSION: string = GROWTH_ENGINE_VERSION;
