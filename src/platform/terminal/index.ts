export type { CommandContext } from "./context.ts";
export { type Paint, paintFor, printable } from "./paint.ts";
export { type CommandRun, runCommand } from "./run-command.ts";
export { renderTable } from "./table.ts";
