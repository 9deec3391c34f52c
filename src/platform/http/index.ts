export {
  type LoopbackRequest,
  type LoopbackResponse,
  type LoopbackServer,
  serveLoopback,
} from "./serve-loopback.ts";
