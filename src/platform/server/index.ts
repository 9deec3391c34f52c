export { KEPT_ANSWER_JOB } from "./kept-answer-job.ts";
export type { ProtocolAnswer, ProtocolCall, ProtocolRoute } from "./mount-protocol.ts";
export type { AuditEntry, Authenticate, ServerParts, WriteAudit } from "./parts.ts";
export type { Problem } from "./problem.ts";
export {
  type Call,
  type DirectCall,
  directRoute,
  type Headers,
  type Route,
  route,
  type Stranger,
  serverRoute,
  type WayIn,
  withWayIn,
} from "./route.ts";
export { type HttpServer, startServer } from "./start-server.ts";
