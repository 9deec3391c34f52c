export { fetchOutside, type OutsideAnswer, type OutsideRequest, type OutsideRules } from "./fetch-outside.ts";
export { type FetchLimits, limitedFetch } from "./limited-fetch.ts";
export {
  type LoopbackRequest,
  type LoopbackResponse,
  type LoopbackServer,
  serveLoopback,
} from "./serve-loopback.ts";
export { type StreamedCall, type StreamedReply, type StreamServer, serveStreams } from "./serve-streams.ts";
export { type StreamedAnswer, type StreamedRequest, streamRequest } from "./stream-request.ts";
