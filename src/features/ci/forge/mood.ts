import type { LoopbackResponse } from "../../../platform/http/index.ts";

/** How GitHub may fail the one who asks; the answers follow docs.github.com "Rate limits" and "Troubleshooting the REST API". */
export const MOODS = {
  well: "answers",
  "rate-limited": "403 with no requests left until an hour from now",
  throttled: "429 with retry-after, for too many requests at once",
  broken: "502, as in an outage",
  "broken-once": "502 to the first request, then answers",
  silent: "takes the request and hangs up",
  slow: "answers after two seconds",
  "no-rights": "403: the token may not read this",
  "bad-token": "401: bad credentials",
  garbage: "200 with a body that is not JSON",
} as const;
export type Mood = keyof typeof MOODS;

const JSON_TYPE = { "content-type": "application/json; charset=utf-8" };
const SLOW_MS = 2_000;
/** Far enough ahead that no caller can wait for it: 2100-01-01T00:00:00Z in seconds. */
const FAR_RESET = "4102444800";

function refusal(status: number, message: string, headers: Record<string, string> = {}): LoopbackResponse {
  return {
    status,
    headers: { ...JSON_TYPE, ...headers },
    body: JSON.stringify({ message, status: `${status}` }),
  };
}

/** What the forge answers in a mood, instead of or after what it would have answered. Null hangs up. */
export function misbehave(well: LoopbackResponse, mood: Mood, earlier: number): LoopbackResponse | null {
  switch (mood) {
    case "well":
      return well;
    case "rate-limited":
      return refusal(403, "API rate limit exceeded", {
        "x-ratelimit-limit": "60",
        "x-ratelimit-remaining": "0",
        "x-ratelimit-reset": FAR_RESET,
      });
    case "throttled":
      return refusal(429, "You have exceeded a secondary rate limit", { "retry-after": "3600" });
    case "broken":
      return { status: 502, headers: { "content-type": "text/html" }, body: "<html>Unicorn!</html>" };
    case "broken-once":
      return earlier === 0 ? misbehave(well, "broken", 0) : well;
    case "silent":
      return null;
    case "slow":
      return { ...well, after: SLOW_MS };
    case "no-rights":
      return refusal(403, "Resource not accessible by integration");
    case "bad-token":
      return refusal(401, "Bad credentials");
    case "garbage":
      return { ...well, status: 200, body: "<!doctype html>" };
  }
}
