import type { Database } from "../../platform/database/index.ts";
import type { Headers, Problem, ProtocolAnswer, ProtocolRoute } from "../../platform/server/index.ts";
import { openRecorder, type Recorder } from "../heartbeat/live/index.ts";
import type { Message } from "./decode-export.ts";
import { encodeAnswer } from "./encode-answer.ts";
import { type Keeper, type Kept, keepTelemetry } from "./keep-telemetry.ts";
import { isJson, MAX_EXPORT_BYTES, readExport } from "./read-export.ts";
import { readLogRecords } from "./read-log-records.ts";
import { readMetrics } from "./read-metrics.ts";
import { readSpans } from "./read-spans.ts";
import type { Sighting } from "./sighting.ts";
import { SIGNALS, type Signal } from "./signal.ts";

const READERS: Readonly<Record<Signal, (request: Message) => Sighting[]>> = {
  traces: readSpans,
  logs: readLogRecords,
  metrics: readMetrics,
};
const REJECTED: Readonly<Record<Signal, string>> = {
  traces: "rejectedSpans",
  logs: "rejectedLogRecords",
  metrics: "rejectedDataPoints",
};
/** google.rpc.Code of what an HTTP status says. */
const CODES: Readonly<Record<number, number>> = { 400: 3, 401: 16, 403: 7, 413: 3, 429: 8, 500: 13, 503: 14 };
const INVALID = 3;

/** In the form of the question: OTLP/HTTP asks for that of answers and refusals alike. */
function answerIn(
  headers: Headers,
  signal: Signal | "status",
  status: number,
  answer: Readonly<Record<string, unknown>>,
): ProtocolAnswer {
  return isJson(headers["content-type"])
    ? { status, type: "application/json", body: JSON.stringify(answer) }
    : { status, type: "application/x-protobuf", body: encodeAnswer(signal, answer) };
}

function answerOf(signal: Signal, { refused, reasons }: Kept): Record<string, unknown> {
  if (refused === 0) return {};
  return { partialSuccess: { [REJECTED[signal]]: String(refused), errorMessage: reasons.join("; ") } };
}

/** A `google.rpc.Status`, which exporters print. */
function refusalOf({ status, detail, hint }: Problem): Record<string, unknown> {
  return { code: CODES[status] ?? INVALID, message: hint === undefined ? detail : `${detail} (${hint})` };
}

function routeOf(signal: Signal, keeper: () => Keeper): ProtocolRoute {
  return {
    name: `telemetry_${signal}`,
    path: `/v1/${signal}`,
    roles: ["agent", "manager", "admin"],
    maxBytes: MAX_EXPORT_BYTES,
    answer: async (call) => {
      const request = await readExport(signal, call.headers, call.body);
      const kept = await keepTelemetry(keeper(), call, READERS[signal](request));
      return answerIn(call.headers, signal, 200, answerOf(signal, kept));
    },
    refuse: (problem, headers) => answerIn(headers, "status", problem.status, refusalOf(problem)),
  };
}

/** OTLP/HTTP 1.x (opentelemetry.io/docs/specs/otlp): addresses, bodies and statuses are the protocol's own. */
export function telemetryRoutes(database: Database, version: string): readonly ProtocolRoute[] {
  let recorder: Recorder | null = null;
  const keeper = (): Keeper => {
    recorder ??= openRecorder(database);
    return { database, recorder, version };
  };
  return SIGNALS.map((signal) => routeOf(signal, keeper));
}
