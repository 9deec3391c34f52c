export { openGround } from "./verbs/open-ground.ts";
export { syncCheckout } from "./verbs/sync-checkout.ts";
export type { Tally } from "./verbs/tally.ts";
