export type { CheckoutGround } from "./checkout-ground.ts";
export { lookAtCi } from "./checks/look-at-ci.ts";
export { lookAtHooks } from "./checks/look-at-hooks.ts";
export { findProgram } from "./checks/look-at-programs.ts";
export { lookAtRecords } from "./checks/look-at-records.ts";
export { readText } from "./checks/read-text.ts";
export { CHECK_NAMES, lookAtCheckout, openCheckout, tryCheck } from "./look-at-checkout.ts";
