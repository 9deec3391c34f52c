/** What an agent says of itself to the control plane. */
export const LIVE_STATUSES = ["doing", "waiting", "blocked", "done"] as const;
export type LiveStatus = (typeof LIVE_STATUSES)[number];

/** Whom or what an agent waits for. */
export const WAITS = ["human", "rate-limit"] as const;
export type Wait = (typeof WAITS)[number];

/**
 * What an agent is: heard of in time (`fresh`), silent for longer than it should be (`late`), so long that somebody
 * must look (`stale`), so long that nobody is there (`offline`), or what it said of itself.
 */
export const LIVE_STATES = ["fresh", "late", "stale", "blocked", "waiting", "done", "offline"] as const;
export type LiveState = (typeof LIVE_STATES)[number];
