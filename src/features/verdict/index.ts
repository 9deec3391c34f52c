export { FORMATS, type Format, parseFormat } from "./formats.ts";
export { escapeText } from "./render-markdown.ts";
export { renderGuard, renderVerdict } from "./render-verdict.ts";
export { mendOf, placeOf, type RenderOptions } from "./renderer.ts";
export {
  combineVerdicts,
  type Override,
  type UncountedApproval,
  VERDICT_SCHEMA,
  type VerdictReport,
  type WholeVerdict,
} from "./verdict.ts";
export { workflowCommand } from "./workflow-command.ts";
