export { holdLock, isRunning } from "./hold-lock.ts";
export { replaceFile } from "./replace-file.ts";
export { isUnfinished, writeWhole } from "./write-whole.ts";
