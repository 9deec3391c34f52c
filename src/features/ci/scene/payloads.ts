import { type EventShape, type Json, sample } from "../forge/published-schema.ts";
import type { Variant } from "./variant.ts";

/** Who and what the simulated events speak of. */
export interface Cast {
  /** `owner/name` */
  repository: string;
  /** The base branch. */
  branch: string;
  author: string;
  reviewer: string;
  /** Teams of the reviewer, as `org/team`. */
  teams: readonly string[];
  number: number;
}

/** What sets one event apart from the next. */
export interface Facets {
  draft: boolean;
  fork: boolean;
  closed: boolean;
  /** The pull request is merged: what a push finds. */
  merged: boolean;
  text: string;
  /** Text of the approving review. */
  review: string | null;
}

function user(login: string, id: number): Json {
  const url = `https://api.github.com/users/${login}`;
  return {
    login,
    id,
    node_id: `U_${id}`,
    avatar_url: `https://avatars.githubusercontent.com/u/${id}`,
    gravatar_id: "",
    url,
    html_url: `https://github.com/${login}`,
    followers_url: `${url}/followers`,
    following_url: `${url}/following{/other_user}`,
    gists_url: `${url}/gists{/gist_id}`,
    starred_url: `${url}/starred{/owner}{/repo}`,
    subscriptions_url: `${url}/subscriptions`,
    organizations_url: `${url}/orgs`,
    repos_url: `${url}/repos`,
    events_url: `${url}/events{/privacy}`,
    received_events_url: `${url}/received_events`,
    type: "User",
    site_admin: false,
  };
}

/** A repository in the shape of a published sample; only what a workflow may look at is filled in. */
function repository(shape: Json, fullName: string, { branch }: Cast, fork: boolean): Json {
  const [owner = "", name = ""] = fullName.split("/");
  const url = `https://api.github.com/repos/${fullName}`;
  return {
    ...shape,
    id: fork ? 2 : 1,
    name,
    full_name: fullName,
    owner: user(owner, 1),
    fork,
    default_branch: branch,
    url,
    html_url: `https://github.com/${fullName}`,
    clone_url: `https://github.com/${fullName}.git`,
  };
}

function objectIn(value: Json, name: string): Json {
  return (value[name] ?? {}) as Json;
}

/** Fills a published sample of a pull request, which the API and the events shape differently. */
export function fillPull(shape: Json, variant: Variant, cast: Cast, facets: Facets): Json {
  const [owner = ""] = cast.repository.split("/");
  const repo = repository(objectIn(objectIn(shape, "base"), "repo"), cast.repository, cast, false);
  const headName = facets.fork ? `${cast.author}/${cast.repository.split("/")[1]}` : cast.repository;
  const headRepo = repository(objectIn(objectIn(shape, "base"), "repo"), headName, cast, facets.fork);
  const url = `https://api.github.com/repos/${cast.repository}/pulls/${cast.number}`;
  return {
    ...shape,
    url,
    number: cast.number,
    state: facets.closed || facets.merged ? "closed" : "open",
    merged_at: facets.merged ? "2026-01-05T09:30:00Z" : null,
    title: "A simulated change",
    body: facets.text,
    draft: facets.draft,
    user: user(cast.author, 3),
    created_at: "2026-01-05T09:00:00Z",
    updated_at: "2026-01-05T09:00:00Z",
    merge_commit_sha: variant.merged,
    base: {
      ...objectIn(shape, "base"),
      label: `${owner}:${cast.branch}`,
      ref: cast.branch,
      sha: variant.base,
      user: user(owner, 1),
      repo,
    },
    head: {
      ...objectIn(shape, "head"),
      label: `${headName.split("/")[0]}:simulation`,
      ref: "simulation",
      sha: variant.head,
      user: user(headName.split("/")[0] ?? "", facets.fork ? 3 : 1),
      repo: headRepo,
    },
  };
}

function review(shape: Json, variant: Variant, cast: Cast, text: string): Json {
  return { ...shape, user: user(cast.reviewer, 4), state: "approved", body: text, commit_id: variant.head };
}

/** The approving review as the API lists it, which spells the state in capitals. */
export function listedReview(variant: Variant, cast: Cast, text: string): Json {
  return {
    ...review(sample("review"), variant, cast, text),
    state: "APPROVED",
    submitted_at: "2026-01-05T09:00:00Z",
  };
}

function pullEvent(shape: EventShape, variant: Variant, cast: Cast, facets: Facets): Json {
  const payload = sample(shape);
  const isReview = shape === "pull-request-review-submitted";
  const filled: Json = {
    ...payload,
    number: cast.number,
    pull_request: fillPull(objectIn(payload, "pull_request"), variant, cast, facets),
    repository: repository(objectIn(payload, "repository"), cast.repository, cast, false),
    sender: isReview ? user(cast.reviewer, 4) : user(cast.author, 3),
  };
  if (shape === "pull-request-synchronize")
    Object.assign(filled, { before: variant.before, after: variant.head });
  if (!isReview) return filled;
  const { number: _, ...rest } = filled;
  return { ...rest, review: review(objectIn(payload, "review"), variant, cast, facets.review ?? "") };
}

function mergeGroupEvent(variant: Variant, cast: Cast): Json {
  const payload = sample("merge-group-checks-requested");
  const group = objectIn(payload, "merge_group");
  return {
    ...payload,
    merge_group: {
      ...group,
      head_sha: variant.merged,
      head_ref: `refs/heads/gh-readonly-queue/${cast.branch}/pr-${cast.number}-${variant.base}`,
      base_sha: variant.base,
      base_ref: `refs/heads/${cast.branch}`,
      head_commit: { ...objectIn(group, "head_commit"), id: variant.merged, message: "A simulated merge" },
    },
    repository: repository(
      objectIn(sample("pull-request-opened"), "repository"),
      cast.repository,
      cast,
      false,
    ),
    sender: user(cast.author, 3),
  };
}

function pushEvent(variant: Variant, cast: Cast): Json {
  const payload = sample("push");
  return {
    ...payload,
    ref: `refs/heads/${cast.branch}`,
    before: variant.base,
    after: variant.merged,
    compare: `https://github.com/${cast.repository}/compare/${variant.base}...${variant.merged}`,
    repository: repository(objectIn(payload, "repository"), cast.repository, cast, false),
    pusher: { ...objectIn(payload, "pusher"), name: cast.author },
    sender: user(cast.author, 3),
  };
}

/** The payload of an event, in GitHub's published shape. */
export function payloadOf(shape: EventShape, variant: Variant, cast: Cast, facets: Facets): Json {
  if (shape === "merge-group-checks-requested") return mergeGroupEvent(variant, cast);
  return shape === "push" ? pushEvent(variant, cast) : pullEvent(shape, variant, cast, facets);
}
