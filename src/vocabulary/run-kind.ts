/** What a run may be told to be. */
export const RUN_KINDS = ["unit", "integration", "security"] as const;
export type RunKind = (typeof RUN_KINDS)[number];
