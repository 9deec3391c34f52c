export { findFleet, insertFleet } from "./store.ts";
