import { z } from "zod";
import { endpoint, optionalPage, page, text } from "../../../../platform/endpoint/index.ts";
import { FORGES } from "../trust/contract.ts";

const MANAGERS = ["admin", "manager"] as const;
const EVERYBODY = ["admin", "manager", "agent", "viewer"] as const;
/** GitHub sends up to 25 MB; what we read of an event is some kilobytes, and a push of thousands of commits fits. */
const MAX_EVENT_BYTES = 5 << 20;

export const HookView = z.object({
  id: z.string(),
  forge: z.enum(FORGES),
  repository: z.string().nullable(),
  forge_name: z.string().nullable(),
  path: z.string().meta({ description: "Where the forge is to send events, below the server's address." }),
  created_at: z.string().meta({ description: "RFC 3339" }),
  removed_at: z.string().nullable(),
  old_until: z
    .string()
    .nullable()
    .meta({ description: "Until when the secret before this one is good too." }),
});
export type HookView = z.output<typeof HookView>;

/** With the secret, which is shown this once. */
export const NewHook = HookView.extend({ secret: z.string() });
export type NewHook = z.output<typeof NewHook>;

const params = z.strictObject({ hook: z.uuid() });

export const addHook = endpoint({
  name: "forge_hook",
  method: "POST",
  path: "/api/v1/forge/hook",
  says: "Makes an address and a secret for a webhook of a forge; the secret is shown this once.",
  roles: MANAGERS,
  body: z.strictObject({
    forge: z.enum(FORGES),
    repository: text(200).optional().meta({
      description:
        "Of this repository alone; without one, of all whose fleet names are the forge's, as an organisation's hook.",
    }),
    forge_name: text(300)
      .regex(/^[^/\s@]+(\/[^/\s@]+)+$/, "is owner/name")
      .optional()
      .meta({ description: "owner/name on the forge, where it is another than the fleet's name." }),
  }),
  answer: NewHook,
  status: 201,
  secret: true,
});

export const listHooks = endpoint({
  name: "forge_hooks",
  method: "GET",
  path: "/api/v1/forge/hook",
  says: "The webhooks that may tell the fleet something, with what they brought in the last 30 days; never their secrets.",
  roles: EVERYBODY,
  answer: z.object({
    items: z.array(
      HookView.extend({
        last_at: z.string().nullable(),
        deliveries: z.int(),
        unknown: z.int().meta({ description: "Of these, of kinds that are not read." }),
      }),
    ),
  }),
});
export type ListedHook = z.output<typeof listHooks.answer>["items"][number];

export const rotateHook = endpoint({
  name: "forge_hook_rotate",
  method: "POST",
  path: "/api/v1/forge/hook/:hook/rotate",
  says: "Makes another secret for a webhook; the one before stays good for a while, so that no event is lost.",
  roles: MANAGERS,
  params,
  body: z.strictObject({
    hours: z.int().min(0).max(720).default(24).meta({ description: "How long the old secret stays good." }),
  }),
  answer: NewHook,
  secret: true,
});

export const removeHook = endpoint({
  name: "forge_hook_remove",
  method: "POST",
  path: "/api/v1/forge/hook/:hook/remove",
  says: "Takes no more events from a webhook; what it brought stays.",
  roles: MANAGERS,
  params,
  body: z.strictObject({}).optional(),
  answer: HookView,
});

export const OUTCOMES = ["kept", "older", "ignored", "unknown"] as const;

const Received = z.object({
  outcome: z.enum([...OUTCOMES, "seen"]).meta({
    description:
      "kept; older: a newer state is known; ignored: of no repository of the fleet; unknown: a kind that is not read; seen: brought before.",
  }),
  says: z.string(),
});
export type Received = z.output<typeof Received>;

export const receiveGithub = endpoint({
  name: "forge_github",
  method: "POST",
  path: "/api/v1/forge/github/:hook",
  says: "Takes an event of a GitHub webhook, signed with the hook's secret.",
  roles: ["forge"],
  params,
  raw: true,
  maxBytes: MAX_EVENT_BYTES,
  answer: Received,
});

export const receiveGitlab = endpoint({
  name: "forge_gitlab",
  method: "POST",
  path: "/api/v1/forge/gitlab/:hook",
  says: "Takes an event of a GitLab webhook, signed with the hook's secret or showing it.",
  roles: ["forge"],
  params,
  raw: true,
  maxBytes: MAX_EVENT_BYTES,
  answer: Received,
});

export const listDeliveries = endpoint({
  name: "forge_deliveries",
  method: "GET",
  path: "/api/v1/forge/delivery",
  says: "What webhooks brought, newest first, and what was made of it.",
  roles: ["admin", "manager", "viewer"],
  query: z.strictObject({
    ...optionalPage,
    hook: z.uuid().optional(),
    outcome: z.enum(OUTCOMES).optional(),
  }),
  answer: page(
    z.object({
      hook: z.string(),
      delivery: z.string(),
      received_at: z.string(),
      event: z.string(),
      action: z.string().nullable(),
      repository: z.string().nullable(),
      outcome: z.enum(OUTCOMES),
      says: z.string(),
    }),
  ),
});
