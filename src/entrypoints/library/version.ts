declare const GROWTH_ENGINE_VERSION: string;

/** Version of this package, such as `0.1.0`. */
export const version: string = GROWTH_ENGINE_VERSION;
