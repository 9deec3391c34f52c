export { readTimings, type Timing } from "./read-timings.ts";
export { rememberTiming } from "./remember-timing.ts";
