export type {
  findTaskConflicts as findTaskConflictsEndpoint,
  listReservations as listReservationsEndpoint,
  TaskConflictView,
} from "./contract.ts";
export { describeTouch } from "./verbs/describe-touch.ts";
export { fenceFor, type Hold, listHeld, openHold, withHeld } from "./verbs/open-hold.ts";
