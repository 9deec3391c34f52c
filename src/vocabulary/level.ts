/** How loud a rule is: `off` says nothing, `observe` notes, `warn` warns, `block` fails the guard. */
export const LEVELS = ["off", "observe", "warn", "block"] as const;
/** How loud the config may make a rule. */
export type Level = (typeof LEVELS)[number];

/** A level at which a rule speaks at all. */
export type SpokenLevel = Exclude<Level, "off">;
