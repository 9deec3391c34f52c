import type { Json } from "../forge/published-schema.ts";
import type { Delivery } from "../scene/events.ts";
import type { Variant } from "../scene/variant.ts";
import { SOURCE_OF, type Source, type TriggerName } from "../workflow/occasion.ts";
import type { World } from "./world.ts";

/** One event as one workflow run meets it. */
export interface Scene {
  variant: Variant;
  delivery: Delivery;
  trigger: TriggerName;
  /** Whose workflow file runs. */
  source: Source;
  payload: Json;
  /** `GITHUB_SHA`, a full commit id. */
  sha: string;
  /** `GITHUB_REF` */
  ref: string;
}

/** `GITHUB_SHA` and `GITHUB_REF` of a trigger (docs.github.com "Events that trigger workflows"). */
export function whereabouts(
  trigger: TriggerName,
  variant: Variant,
  { cast }: Pick<World, "cast">,
): { sha: string; ref: string; source: Source } {
  const source = SOURCE_OF[trigger];
  const branch = `refs/heads/${cast.branch}`;
  switch (trigger) {
    case "pull_request_target":
      return { sha: variant.base, ref: branch, source };
    case "merge_group":
      return {
        sha: variant.merged,
        ref: `refs/heads/gh-readonly-queue/${cast.branch}/pr-${cast.number}-${variant.base}`,
        source,
      };
    case "push":
      return { sha: variant.merged, ref: branch, source };
    default:
      return { sha: variant.merged, ref: `refs/pull/${cast.number}/merge`, source };
  }
}

/** The commit that a `ref:` of actions/checkout names, and on whose side it stands; null where there is none. */
export function resolveCheckout(
  text: string,
  scene: Scene,
  { cast }: Pick<World, "cast">,
): { commit: string; source: Source } | null {
  const { variant, sha, ref } = scene;
  const name = text.trim();
  const branch = cast.branch;
  const base = { commit: variant.base, source: "base" } as const;
  const places: Record<string, { commit: string; source: Source }> = {
    [variant.head]: { commit: variant.head, source: "head" },
    [variant.merged]: { commit: variant.merged, source: "head" },
    [variant.before]: { commit: variant.before, source: "head" },
    [variant.base]: base,
    [branch]: base,
    [`refs/heads/${branch}`]: base,
    simulation: { commit: variant.head, source: "head" },
    [`refs/pull/${cast.number}/head`]: { commit: variant.head, source: "head" },
    [`refs/pull/${cast.number}/merge`]: { commit: variant.merged, source: "head" },
    [ref]: { commit: sha, source: sha === variant.base ? "base" : "head" },
  };
  if (name === "") return places[sha] ?? null;
  return Object.hasOwn(places, name) ? (places[name] ?? null) : null;
}
