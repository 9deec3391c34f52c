export { holdLock } from "./hold-lock.ts";
export { replaceFile } from "./replace-file.ts";
