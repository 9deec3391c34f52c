import { z } from "zod";
import { endpoint } from "../../platform/endpoint/index.ts";
import { CHECK_STATES } from "../../vocabulary/health.ts";

export const CheckView = z.object({
  name: z.string(),
  state: z
    .enum(CHECK_STATES)
    .meta({ description: "ok; warn: worth a look; fail; unknown: could not be told, which is no pass." }),
  says: z.string().meta({ description: "What was seen, in a sentence." }),
  hint: z.string().nullable().meta({ description: "The command or edit that mends it." }),
  facts: z.record(z.string(), z.unknown()).meta({ description: "The same for programs." }),
});

export const showHealth = endpoint({
  name: "health_show",
  method: "GET",
  path: "/api/v1/health",
  says: "Whether the control plane is well: database, jobs, disk, clocks, and what each feature says of itself.",
  roles: ["admin", "manager", "agent", "viewer"],
  answer: z.object({
    version: z.string().meta({ description: "Of the server." }),
    now: z.string().meta({ description: "The server's clock when it was asked, RFC 3339." }),
    checks: z.array(CheckView),
  }),
});
