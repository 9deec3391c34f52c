import type { RepositoryName } from "../../platform/github/index.ts";
import { readObject, readText } from "./read-object.ts";

/** Where a CI event happened. */
export interface Occasion {
  kind: "pull-request" | "merge-group" | "push";
  repository: RepositoryName;
  /** The pull request that the event names; in a queue, the one that its branch names. */
  pull: number | null;
  /** Full name of the branch that is merged into or pushed to. */
  target: string | null;
  /** The event says who brought the head: who opened the pull request with it, or pushed it just now. */
  namesPusher: boolean;
  /** A branch went away: there is nothing to judge. */
  isDeletion: boolean;
}

/** The queue's own branches: `refs/heads/gh-readonly-queue/<branch>/pr-<number>-<commit>`. */
const QUEUED = /^refs\/heads\/gh-readonly-queue\/.+\/pr-(\d{1,10})-[0-9a-f]{40,64}$/;

function branchRef(name: string | null): string | null {
  return name === null ? null : `refs/heads/${name}`;
}

/**
 * What an event says of where it happened; null for events that are about no range of commits.
 * @param repository `owner/name` of the run, not of the event: a fork's event names the fork in places
 */
export function readOccasion(name: string, event: unknown, repository: RepositoryName): Occasion | null {
  const here = { repository, isDeletion: false, namesPusher: false };
  switch (name) {
    case "pull_request":
    case "pull_request_target":
    case "pull_request_review": {
      const pull = readObject(event, "pull_request");
      const number = Number.isSafeInteger(pull.number) ? (pull.number as number) : null;
      const target = branchRef(readText(readObject(pull, "base").ref));
      const namesPusher = ["opened", "synchronize"].includes(String(readObject(event).action));
      return { ...here, kind: "pull-request", pull: number, target, namesPusher };
    }
    case "merge_group": {
      const group = readObject(event, "merge_group");
      const [, queued] = QUEUED.exec(readText(group.head_ref) ?? "") ?? [];
      const pull = queued === undefined ? null : Number(queued);
      return { ...here, kind: "merge-group", pull, target: readText(group.base_ref) };
    }
    case "push": {
      const push = readObject(event);
      return {
        ...here,
        kind: "push",
        pull: null,
        target: readText(push.ref),
        isDeletion: push.deleted === true,
      };
    }
    default:
      return null;
  }
}
