import type { EventShape } from "../forge/published-schema.ts";
import type { TriggerName } from "../workflow/occasion.ts";
import type { Facets } from "./payloads.ts";
import type { Variant, VariantName } from "./variant.ts";

/** One event that the forge sends. */
export interface Delivery {
  shape: EventShape;
  /** Activity type; null where the event has none. */
  action: string | null;
  triggers: readonly TriggerName[];
  facets: Facets;
  /** Which try of the same run this is: 1, or more for a re-run. */
  attempt: number;
}

/** A story whose end must be one answer for each check. Its deliveries all speak of the same commit. */
export interface StoryEvent {
  name: string;
  says: string;
  /** Whether it is played with this change; a merge that was refused is never queued or pushed. */
  fits(variant: VariantName): boolean;
  deliveries(variant: Variant, review: string): Delivery[];
}

const PULL: readonly TriggerName[] = ["pull_request", "pull_request_target"];
const PLAIN: Omit<Facets, "text"> = { draft: false, fork: false, closed: false, merged: false, review: null };

function pull(shape: EventShape, action: string, variant: Variant, facets: Partial<Facets> = {}): Delivery {
  const all: Facets = { ...PLAIN, text: variant.text, ...facets };
  return { shape, action, triggers: PULL, facets: all, attempt: 1 };
}

function opened(variant: Variant, facets: Partial<Facets> = {}): Delivery {
  return pull("pull-request-opened", "opened", variant, facets);
}

const always = (): boolean => true;
const mayBeMerged = (variant: VariantName): boolean => variant !== "own rules";

/** Every event that a required check must answer. */
export const STORY_EVENTS: readonly StoryEvent[] = [
  {
    name: "opened",
    says: "a pull request is opened",
    fits: always,
    deliveries: (variant) => [opened(variant)],
  },
  {
    name: "synchronize",
    says: "commits are pushed to a pull request",
    fits: always,
    deliveries: (variant) => [pull("pull-request-synchronize", "synchronize", variant)],
  },
  {
    name: "edited",
    says: "its text is put right after it was empty",
    fits: always,
    deliveries: (variant) => [opened(variant, { text: "" }), pull("pull-request-edited", "edited", variant)],
  },
  {
    name: "text removed",
    says: "its text is emptied after it was right",
    fits: (variant) => variant === "evidence and text",
    deliveries: (variant) => [opened(variant), pull("pull-request-edited", "edited", variant, { text: "" })],
  },
  {
    name: "draft then ready",
    says: "a draft becomes ready for review",
    fits: always,
    deliveries: (variant) => [
      opened(variant, { draft: true }),
      pull("pull-request-ready-for-review", "ready_for_review", variant),
    ],
  },
  {
    name: "reopened",
    says: "it is closed and reopened",
    fits: always,
    deliveries: (variant) => [
      opened(variant),
      pull("pull-request-closed", "closed", variant, { closed: true }),
      pull("pull-request-reopened", "reopened", variant),
    ],
  },
  {
    name: "from a fork",
    says: "it comes from a fork, with a token that may only read",
    fits: always,
    deliveries: (variant) => [opened(variant, { fork: true })],
  },
  {
    name: "re-run",
    says: "a person runs the check again",
    fits: always,
    deliveries: (variant) => [opened(variant), { ...opened(variant), attempt: 2 }],
  },
  {
    name: "approved",
    says: "a reviewer approves with an override line, and the check is run again",
    fits: always,
    deliveries: (variant, review) => [
      opened(variant),
      {
        ...pull("pull-request-review-submitted", "submitted", variant, { review }),
        triggers: ["pull_request_review"],
      },
      { ...opened(variant, { review }), attempt: 2 },
    ],
  },
  {
    name: "merge queue",
    says: "the queue tests the merge",
    fits: mayBeMerged,
    deliveries: (variant) => [
      {
        ...pull("merge-group-checks-requested", "checks_requested", variant),
        triggers: ["merge_group"],
      },
    ],
  },
  {
    name: "approved in queue",
    says: "the queue tests a merge that was approved with an override line",
    fits: (variant) => variant === "no evidence",
    deliveries: (variant, review) => [
      {
        ...pull("merge-group-checks-requested", "checks_requested", variant, { review }),
        triggers: ["merge_group"],
      },
    ],
  },
  {
    name: "push",
    says: "the merge is pushed to the base branch",
    fits: mayBeMerged,
    deliveries: (variant) => [
      { ...pull("push", "", variant, { merged: true }), action: null, triggers: ["push"] },
    ],
  },
];
