/** What OTLP/HTTP carries, each at an address of its own. */
export const SIGNALS = ["traces", "logs", "metrics"] as const;
export type Signal = (typeof SIGNALS)[number];
