export { openGround } from "./verbs/open-ground.ts";
export type { Tally } from "./verbs/tally.ts";
export { type WatchWish, watchCheckouts } from "./verbs/watch-checkouts.ts";
