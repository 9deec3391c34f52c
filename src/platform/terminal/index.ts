export type { CommandContext } from "./context.ts";
export { type Paint, paintFor, printable } from "./paint.ts";
export { type Progress, showProgress } from "./progress.ts";
export { renderChecks, wrap } from "./render-checks.ts";
export { type CommandRun, runCommand } from "./run-command.ts";
export { shorten } from "./shorten.ts";
export { sparkline } from "./sparkline.ts";
export { renderTable } from "./table.ts";
