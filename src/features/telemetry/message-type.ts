import protobuf from "protobufjs";
import common from "./proto/common.proto";
import logs from "./proto/logs.proto";
import logsService from "./proto/logs_service.proto";
import metrics from "./proto/metrics.proto";
import metricsService from "./proto/metrics_service.proto";
import resource from "./proto/resource.proto";
import trace from "./proto/trace.proto";
import traceService from "./proto/trace_service.proto";
import type { Signal } from "./signal.ts";

/** google.rpc.Status, as far as OTLP asks for it: the details are left out. */
const STATUS =
  'syntax = "proto3"; package google.rpc; message Status { int32 code = 1; string message = 2; }';
/** As published: github.com/open-telemetry/opentelemetry-proto, v1.9.0, Apache-2.0. */
const FILES = [common, resource, trace, logs, metrics, traceService, logsService, metricsService, STATUS];
const SERVICES: Readonly<Record<Signal, string>> = {
  traces: "opentelemetry.proto.collector.trace.v1.ExportTraceService",
  logs: "opentelemetry.proto.collector.logs.v1.ExportLogsService",
  metrics: "opentelemetry.proto.collector.metrics.v1.ExportMetricsService",
};

let read: protobuf.Root | null = null;

/** Read when the first message comes: most servers are never told of telemetry. */
function messages(): protobuf.Root {
  if (read !== null) return read;
  const root = new protobuf.Root();
  for (const file of FILES) protobuf.parse(file, root);
  root.resolveAll();
  read = root;
  return root;
}

/** Of an export's request or response, or of a `google.rpc.Status`. */
export function messageType(signal: Signal | "status", what: "Request" | "Response"): protobuf.Type {
  return messages().lookupType(signal === "status" ? "google.rpc.Status" : `${SERVICES[signal]}${what}`);
}
