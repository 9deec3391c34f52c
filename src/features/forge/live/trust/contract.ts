import { z } from "zod";
import { endpoint, text } from "../../../../platform/endpoint/index.ts";

const MANAGERS = ["admin", "manager"] as const;
export const FORGES = ["github", "gitlab"] as const;

/** Where a forge's own issuer is, unless another is named. GitLab of one's own names itself. */
export const ISSUERS = {
  github: "https://token.actions.githubusercontent.com",
  gitlab: "https://gitlab.com",
} as const;

export const TrustView = z.object({
  id: z.string(),
  repository: z.string(),
  forge: z.enum(FORGES),
  issuer: z.string(),
  audience: z.string(),
  forge_name: z.string(),
  forge_id: z.string(),
  workflow: z.string(),
  refs: z.array(z.string()),
  created_at: z.string().meta({ description: "RFC 3339" }),
});
export type TrustView = z.output<typeof TrustView>;

export const addTrust = endpoint({
  name: "forge_trust",
  method: "POST",
  path: "/api/v1/forge/trust",
  says: "Believes one CI workflow of a repository: by its forge's OpenID token it may publish verdicts of that repository.",
  roles: MANAGERS,
  body: z.strictObject({
    repository: text(200).meta({ description: "The fleet's name for the repository." }),
    forge: z.enum(FORGES).default("github"),
    issuer: z
      .url({ protocol: /^https?$/ })
      .max(500)
      .optional()
      .meta({ description: "Who signs the tokens; by default github.com's or gitlab.com's." }),
    audience: text(500).meta({ description: "What the token is made for: the address of this server." }),
    forge_name: text(300)
      .regex(/^[^/\s@]+(\/[^/\s@]+)+$/, "is owner/name")
      .optional()
      .meta({ description: "owner/name on the forge, where it is another than the fleet's name." }),
    forge_id: z
      .string()
      .regex(/^\d{1,20}$/, "is the repository's number on the forge")
      .meta({ description: "The number of the repository (project) on the forge, which outlives a rename." }),
    workflow: text(500)
      .regex(/^[^@\s]+$/, "is a path without a ref")
      .meta({ description: "Path of the workflow's file, such as .github/workflows/growth-engine.yml." }),
    refs: z
      .array(text(300).regex(/^refs\//, "begins with refs/"))
      .min(1)
      .max(20)
      .default(["refs/heads/main"])
      .meta({
        description:
          "Refs (globs) of which that file is believed; a pull request's own would let it choose its judge.",
      }),
  }),
  answer: TrustView,
  status: 201,
});

export const listTrusts = endpoint({
  name: "forge_trusts",
  method: "GET",
  path: "/api/v1/forge/trust",
  says: "The CI workflows that the fleet believes.",
  roles: ["admin", "manager", "agent", "viewer"],
  answer: z.object({ items: z.array(TrustView) }),
});

export const removeTrust = endpoint({
  name: "forge_distrust",
  method: "POST",
  path: "/api/v1/forge/trust/:trust/remove",
  says: "Believes a CI workflow no longer; what it published stays.",
  roles: MANAGERS,
  params: z.strictObject({ trust: z.uuid() }),
  body: z.strictObject({}).optional(),
  answer: TrustView,
});
