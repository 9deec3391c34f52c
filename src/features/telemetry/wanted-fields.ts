/**
 * The fields of OTLP's messages that are read at all; the others are passed over where they stand: links, events,
 * exemplars, numbers of metrics, texts of errors, lists and maps in attributes. None of them nests in itself.
 */
export const WANTED_FIELDS: ReadonlySet<string> = new Set([
  ...["resource", "attributes", "key", "value", "stringValue", "boolValue", "intValue", "doubleValue"],
  ...["resourceSpans", "scopeSpans", "spans", "traceId", "spanId", "parentSpanId", "kind"],
  ...["name", "startTimeUnixNano", "endTimeUnixNano", "status", "code"],
  ...["resourceLogs", "scopeLogs", "logRecords", "timeUnixNano", "observedTimeUnixNano", "body", "eventName"],
  ...[
    "resourceMetrics",
    "scopeMetrics",
    "metrics",
    "sum",
    "histogram",
    "aggregationTemporality",
    "dataPoints",
  ],
]);

/** A request of many megabytes can hold millions of empty messages; an exporter's batch holds some ten thousand. */
export const MOST_MESSAGES = 400_000;
