export { type EventFile, gatherSubject, readEventFile, refuseLongText } from "./gather-subject.ts";
export { type Approval, judgeOverride, parseApprovalText } from "./judge-override.ts";
export { type Judgement, judgeRange } from "./judge-range.ts";
export { DEFAULT_TEMPLATE, openSection } from "./pull-request/default-template.ts";
export { findSections } from "./pull-request/read-statements.ts";
export { isTemplatePath } from "./pull-request/template-paths.ts";
export { type WrittenFacts, writePullRequestText } from "./pull-request/write-text.ts";
export { readEvent } from "./read-event.ts";
export type { Subject } from "./subject.ts";
