import { Refusal } from "../../../platform/errors/index.ts";
import type { CiRun } from "../../../vocabulary/actor.ts";

/** What a CI run wants to publish, as far as it is bound. */
export interface RunsWord {
  repository: string;
  verdict: { head: string };
  pull?: number | undefined;
}

/**
 * The pull request that the verdict of a CI run is about, or null. A run speaks of its own repository and of the commits
 * that its token or the forge names, and of nothing else.
 * @throws Refusal TOKEN_ROLE
 */
export function pullOfRun({ repository, commits }: CiRun, word: RunsWord): number | null {
  if (word.repository !== repository)
    throw new Refusal("TOKEN_ROLE", `this run may speak of ${repository}, not of ${word.repository}`);
  const named = commits.filter(({ head }) => head === word.verdict.head);
  const found =
    named.find(({ pull }) => word.pull === undefined || pull === word.pull) ??
    named.find(({ pull }) => pull === null);
  if (!found) {
    throw new Refusal("TOKEN_ROLE", `this run did not judge ${word.verdict.head.slice(0, 80)}`, {
      hint: "publish the verdict over the commit that the run is about",
    });
  }
  return found.pull;
}
