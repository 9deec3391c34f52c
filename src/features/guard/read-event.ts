import { Refusal } from "../../platform/errors/index.ts";
import { type Approval, parseApprovalText } from "./judge-override.ts";
import type { Subject } from "./subject.ts";

type Json = Record<string, unknown>;

const ZERO = /^0+$/;

function objectAt(value: unknown, ...path: string[]): Json {
  let at: unknown = value;
  for (const name of path) at = typeof at === "object" && at !== null ? (at as Json)[name] : undefined;
  return typeof at === "object" && at !== null ? (at as Json) : {};
}

function textAt(value: Json, name: string): string | null {
  const found = value[name];
  return typeof found === "string" && found !== "" ? found : null;
}

function commitAt(value: Json, name: string): string {
  const id = textAt(value, name);
  if (id === null || !/^[0-9a-f]{40,64}$/.test(id)) {
    throw new Refusal("INPUT_INVALID", `the event file has no commit id at "${name}"`, {
      hint: "name the range yourself: --base <revision> --head <revision>",
    });
  }
  return id;
}

/** A review that this very event is about, when it is an approval that says why and until when. */
function reviewOf(event: Json): Approval[] {
  const review = objectAt(event, "review");
  const user = textAt(objectAt(review, "user"), "login");
  const head = textAt(review, "commit_id");
  const said = parseApprovalText(textAt(review, "body") ?? "");
  if (
    user === null ||
    head === null ||
    said === null ||
    textAt(review, "state")?.toLowerCase() !== "approved"
  )
    return [];
  return [{ user, teams: [], head, ...said }];
}

function pullRequestSubject(event: Json): Subject {
  const pull = objectAt(event, "pull_request");
  return {
    base: commitAt(objectAt(pull, "base"), "sha"),
    head: commitAt(objectAt(pull, "head"), "sha"),
    text: textAt(pull, "body") ?? "",
    actor: textAt(objectAt(pull, "user"), "login"),
    mergeGroup: false,
    approvals: reviewOf(event),
  };
}

/**
 * What a GitHub Actions event asks to be judged (docs.github.com "Webhook events and payloads"); null for events
 * that name no range. Identity comes from the event's `user.login`, never from text or commit author.
 * @throws Refusal INPUT_INVALID when the event lacks the commits it must have
 */
export function readEvent(name: string, event: unknown): Subject | null {
  const nobody = { text: null, actor: null, approvals: [] };
  switch (name) {
    case "pull_request":
    case "pull_request_target":
    case "pull_request_review":
      return pullRequestSubject(objectAt(event));
    case "merge_group": {
      const group = objectAt(event, "merge_group");
      return {
        ...nobody,
        base: commitAt(group, "base_sha"),
        head: commitAt(group, "head_sha"),
        mergeGroup: true,
      };
    }
    case "push": {
      const push = objectAt(event);
      const before = commitAt(push, "before");
      return {
        ...nobody,
        base: ZERO.test(before) ? null : before,
        head: commitAt(push, "after"),
        mergeGroup: false,
      };
    }
    default:
      return null;
  }
}
