export { atMost } from "./at-most.ts";
