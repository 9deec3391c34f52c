export { SIGNALS, type Signal } from "./signal.ts";
