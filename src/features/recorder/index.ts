export { canonicalJson } from "./canonical-json.ts";
export { type Checkout, findCheckout } from "./find-checkout.ts";
export { hmacOf } from "./hmac-of.ts";
export { holdSession } from "./hold-session.ts";
export { maskLookalikes } from "./mask-lookalikes.ts";
export { patchedPaths } from "./patched-paths.ts";
export { recordBeat, type SeenBeat } from "./record-beat.ts";
export { type RecordedLines, recordCalls } from "./record-calls.ts";
export {
  type CallDescription,
  type CallToDescribe,
  describeAny,
  describeCall,
  repositoryPath,
} from "./references/describe-call.ts";
export { isDocumentation } from "./references/is-documentation.ts";
export { nameServer, type ServerSigns } from "./references/name-server.ts";
export type { RecorderIdentity, RecorderSession, SeenCall } from "./seen-call.ts";
export { countUnrecorded, readUnrecorded, type Unrecorded } from "./unrecorded.ts";
export { whoWorks } from "./who-works.ts";
