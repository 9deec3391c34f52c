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

function commitAt(value: Json, name: string, where: string): string {
  const id = textAt(value, name);
  if (id === null || !/^[0-9a-f]{40,64}$/.test(id)) {
    throw new Refusal("INPUT_INVALID", `the event file has no commit id at "${where}.${name}"`, {
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

/** Who is answerable: who opened the pull request, or who just pushed to it when that is somebody else. */
function actorOf(event: Json, pull: Json): string | null {
  const author = textAt(objectAt(pull, "user"), "login");
  const sender = textAt(objectAt(event, "sender"), "login");
  return event.action === "synchronize" && sender !== null ? sender : author;
}

function pullRequestSubject(event: Json): Subject {
  const pull = objectAt(event, "pull_request");
  return {
    base: commitAt(objectAt(pull, "base"), "sha", "pull_request.base"),
    head: commitAt(objectAt(pull, "head"), "sha", "pull_request.head"),
    text: textAt(pull, "body") ?? "",
    actor: actorOf(event, pull),
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
        base: commitAt(group, "base_sha", "merge_group"),
        head: commitAt(group, "head_sha", "merge_group"),
        mergeGroup: true,
      };
    }
    case "push": {
      const push = objectAt(event);
      const before = commitAt(push, "before", "push");
      return {
        ...nobody,
        base: ZERO.test(before) ? null : before,
        head: commitAt(push, "after", "push"),
        mergeGroup: false,
      };
    }
    default:
      return null;
  }
}
