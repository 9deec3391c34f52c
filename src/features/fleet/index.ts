export { findFleet, insertFleet, listRepositories } from "./store.ts";
