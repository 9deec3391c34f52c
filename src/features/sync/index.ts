export { openGround } from "./verbs/open-ground.ts";
export { publishVerdict } from "./verbs/publish-verdict.ts";
export { syncCheckout } from "./verbs/sync-checkout.ts";
export type { Tally } from "./verbs/tally.ts";
export { type WatchWish, watchCheckouts } from "./verbs/watch-checkouts.ts";
