/** What can be reserved: files of a repository by glob, environments such as `staging`, anything else by its name. */
export const RESOURCE_KINDS = ["file", "environment", "name"] as const;
export type ResourceKind = (typeof RESOURCE_KINDS)[number];

/** `waiting` stands in the queue; the last three have ended. */
export const RESERVATION_STATES = ["waiting", "held", "released", "expired", "revoked"] as const;
export type ReservationState = (typeof RESERVATION_STATES)[number];
