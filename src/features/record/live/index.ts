export { type KeptLineStore, keptLines } from "./kept-lines-store.ts";
