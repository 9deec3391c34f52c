import { attributesOf, instantOf, listOf, senderOf, textIn } from "./attributes.ts";
import type { Message } from "./decode-export.ts";
import type { Sighting } from "./sighting.ts";

const OF_AGENTS = /^(?:gen_ai|mcp\.client|claude_code|codex|gemini_cli)\./;
/** opentelemetry/proto/metrics/v1/metrics.proto: AGGREGATION_TEMPORALITY_DELTA. */
const DELTA = 1;

/**
 * That agents did something, by an export request of metrics. Of sums since the start every export repeats the last
 * one, whether anything happened or not: only differences tell of a deed.
 */
export function readMetrics(request: Message): Sighting[] {
  return listOf(request, "resourceMetrics").flatMap((group) => {
    const sender = senderOf(group);
    const metrics = listOf(group, "scopeMetrics").flatMap((scope) => listOf(scope, "metrics"));
    return metrics.flatMap((metric) => {
      const data = (metric.sum ?? metric.histogram ?? {}) as Message;
      if (!OF_AGENTS.test(String(metric.name)) || data.aggregationTemporality !== DELTA) return [];
      return listOf(data, "dataPoints").flatMap((point) => {
        const attributes = attributesOf(point);
        const at = instantOf(point.timeUnixNano);
        // The time that a person spent is told in the same metric.
        if (at === null || attributes.get("type") === "user") return [];
        const session =
          textIn(attributes, "session.id", "conversation.id", "gen_ai.conversation.id") ?? "unknown";
        return [{ sender, session, at, call: null }];
      });
    });
  });
}
