export { findFleet, insertFleet, insertRepository, listRepositories } from "./store.ts";
