export type {
  CompletionFacts,
  checkCompletion as checkCompletionEndpoint,
  completeTask as completeTaskEndpoint,
  UnmetPolicy,
} from "./completion/contract.ts";
export type { renewTask as renewTaskEndpoint, showTask as showTaskEndpoint } from "./contract.ts";
export {
  claimsHold,
  type HeldTask,
  listHeldTasks,
  listNeeds,
  type Need,
  type RememberedClaim,
} from "./coordination-store.ts";
export type { TaskView } from "./fields/contract.ts";
export {
  RENEWAL,
  RENEWAL_PARAMETERS,
  type Renewal,
  type RenewalAnswer,
  renewalParameters,
  renewLeases,
} from "./lease-store.ts";
export { unknownTask } from "./refuse-deed.ts";
export { isExpired } from "./rules.ts";
export { type ActiveTask, findUnmoved, surveyTasks, type TaskSurvey } from "./survey-store.ts";
export { findTask } from "./task-store.ts";
export { claim, describeClaim } from "./verbs/claim-task.ts";
export { describeTime } from "./verbs/describe-task.ts";
export { type HeldClaim, HeldClaims } from "./verbs/held-claims.ts";
export { shortTime } from "./verbs/list-events.ts";
export {
  type Desk,
  type FenceOptions,
  openDesk,
  readFence,
  takeUp,
  takeUpHeld,
  withClaim,
} from "./verbs/open-desk.ts";
